// The HDF5 C API, checked.
#include "sim/output/hdf5.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <limits>
#include <mutex>
#include <type_traits>

#include "sim/describe/errors.hpp"
#include "sim/describe/translated.hpp"
#include "sim/output/causes.hpp"

namespace sim::hdf5 {
namespace {

// The frame that saw the trouble first is the last of an upward walk.
std::string first_of_stack() {
    std::string message;
    const auto keep = [](unsigned depth, const H5E_error2_t* frame, void* kept) -> herr_t {
        if (depth == 0 && frame->desc) *static_cast<std::string*>(kept) = frame->desc;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep, &message);
    return message;
}

// The library tells the system's error within its own words ("file write failed: time = …, filename = …, file
// descriptor = 5, errno = 28, error message = 'No space left on device', …"); 0 where the system had none.
int errno_of(std::string_view message) {
    constexpr std::string_view opening = "errno = ";
    const auto start = message.rfind(opening);
    if (start == std::string_view::npos) return 0;
    const auto number = message.substr(start + opening.size());
    int error = 0;
    std::from_chars(number.data(), number.data() + number.size(), error);
    return error;
}

std::string message_of_stack() {
    const auto message = first_of_stack();
    if (const int error = errno_of(message); error != 0) return cause_of(error);
    return message.empty() ? "unknown error" : message;
}

// Where there are no locks, nobody else can have one either.
bool is_without_locks(int error) {
    constexpr int of_lustre = 524;
    return error == ENOLCK || error == EOPNOTSUPP || error == ENOSYS || error == of_lustre;
}

Properties access_properties(const Check& check, bool locks) {
    Properties access(check(H5Pcreate(H5P_FILE_ACCESS), "prepare"));
    check(H5Pset_file_locking(access, locks, true), "prepare");
    return access;
}

void keep_creation_order(const Check& check, hid_t properties) {
    check(H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
          "keep the order of attributes");
}

Space space_of(const Check& check, const Shape& shape) {
    return Space(check(
        shape.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
        "describe a shape"));
}

struct Selection {
    Space memory;
    Space file;
};

Selection select(const Check& check, const Dataset& dataset, const Slab& slab) {
    auto count = shape_of(check, dataset);
    Shape start(count.size(), 0);
    std::copy(slab.start.begin(), slab.start.end(), start.begin());
    std::copy(slab.count.begin(), slab.count.end(), count.begin());
    Selection selection{space_of(check, count), Space(check(H5Dget_space(dataset), "read a shape"))};
    check(H5Sselect_hyperslab(selection.file, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
          "select rows");
    return selection;
}

AttributeHandle open_attribute(const Check& check, hid_t object, const std::string& name) {
    if (check(H5Aexists(object, name.c_str()), "look for attribute " + name) == 0)
        throw FileError(translated("{}: attribute '{}' is missing", check.path.string(), name));
    return AttributeHandle(check(H5Aopen(object, name.c_str(), H5P_DEFAULT), "open attribute " + name));
}

// As netCDF keeps its NC_CHAR: as long as the text, which needs no zero at its end; an empty one is a zero.
Type fixed_text_type(const Check& check, std::size_t length) {
    Type type(check(H5Tcopy(H5T_C_S1), "describe text"));
    check(H5Tset_size(type, std::max<std::size_t>(length, 1)), "describe text");
    check(H5Tset_cset(type, H5T_CSET_UTF8), "describe text");
    return type;
}

void write_text_attribute(const Check& check, hid_t object, const std::string& name, const std::string& value) {
    const Space space(check(H5Screate(H5S_SCALAR), "describe attribute " + name));
    const auto type = fixed_text_type(check, value.size());
    AttributeHandle attribute(
        check(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), "create attribute " + name));
    check(H5Awrite(attribute, type, value.c_str()), "write attribute " + name);
    attribute.close(check, "close attribute " + name);
}

Properties creation_of(const Check& check, hid_t type, const std::string& what) {
    Properties creation(check(H5Pcreate(H5P_DATASET_CREATE), what));
    check(H5Pset_obj_track_times(creation, false), what);
    keep_creation_order(check, creation);
    if (check(H5Tequal(type, H5T_IEEE_F64LE), what) > 0) {
        constexpr double missing = std::numeric_limits<double>::quiet_NaN();
        check(H5Pset_fill_value(creation, H5T_NATIVE_DOUBLE, &missing), what);
    }
    return creation;
}

// As many points of the first dimensions as make up to `most` bytes, in chunks of nearly equal length.
Shape chunk_of(const Shape& shape, std::size_t size, hsize_t most) {
    auto chunk = shape;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        auto rest = static_cast<hsize_t>(size);
        for (std::size_t j = i + 1; j < shape.size(); ++j) rest *= shape[j];
        const auto points = std::max<hsize_t>(1, most / std::max<hsize_t>(rest, 1));
        const auto chunks = (shape[i] + points - 1) / points;
        chunk[i] = chunks == 0 ? 1 : (shape[i] + chunks - 1) / chunks;
        if (rest <= most) break;
    }
    return chunk;
}

// Of variable length, or of a fixed one. `read(memory type, to)` is the library's call.
std::vector<std::string> texts_by(const Check& check, const Space& space, const Type& stored, auto&& read) {
    constexpr std::size_t most_bytes = 1 << 30;
    const auto count =
        static_cast<std::size_t>(std::max<hssize_t>(0, check(H5Sget_simple_extent_npoints(space), "read text")));
    std::vector<std::string> texts;
    if (check(H5Tis_variable_str(stored), "read text") > 0) {
        if (count > most_bytes / sizeof(char*))
            throw FileError(translated("{}: holds too many texts", check.path.string()));
        std::vector<char*> pointers(count);
        const auto type = text_type(check);
        check(H5Tset_cset(type, H5Tget_cset(stored)), "read text");  // the library converts between none
        check(read(type, static_cast<void*>(pointers.data())), "read text");
        for (const auto* text : pointers) texts.emplace_back(text ? text : "");
        check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, static_cast<void*>(pointers.data())), "read text");
        return texts;
    }
    const auto size = H5Tget_size(stored);
    if (size == 0 || count > most_bytes / size)
        throw FileError(translated("{}: holds too many texts", check.path.string()));
    std::vector<char> bytes(count * size);
    check(read(stored, bytes.data()), "read text");
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view whole(&bytes[i * size], size);
        texts.emplace_back(whole.substr(0, whole.find('\0')));
    }
    return texts;
}

}  // namespace

void begin() {
    static std::once_flag once;
    std::call_once(once, [] {
        H5dont_atexit();
        H5open();
        H5PLset_loading_state(0);
        // What is freed goes back to malloc: many files, one after another, would leave up to 20 MB on HDF5's lists.
        H5set_free_list_limits(0, 0, 0, 0, 0, 0);
    });
    thread_local const bool quiet = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
    static_cast<void>(quiet);
}

void ignore_file_size_signal() {
    std::signal(SIGXFSZ, SIG_IGN);
}

void Check::fail(std::string_view what) const {
    throw FileError(translated("{}: cannot {}: {}", path.string(), what, message_of_stack()));
}

Type text_type(const Check& check) {
    Type type(check(H5Tcopy(H5T_C_S1), "describe text"));
    check(H5Tset_size(type, H5T_VARIABLE), "describe text");
    check(H5Tset_cset(type, H5T_CSET_UTF8), "describe text");
    return type;
}

File create_file(const Check& check, const std::filesystem::path& path) {
    const Properties creation(check(H5Pcreate(H5P_FILE_CREATE), "prepare"));
    check(H5Pset_obj_track_times(creation, false), "prepare");
    check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "prepare");
    keep_creation_order(check, creation);
    // Nobody else knows its temporary name (new_file.hpp).
    const auto access = access_properties(check, false);
    check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), "prepare");
    return File(check(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), "create"));
}

File open_file(const Check& check, const std::filesystem::path& path) {
    // The properties outlive what is asked of the errors: any call of the library forgets them.
    const auto with_locks = access_properties(check, true), without = access_properties(check, false);
    auto file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, with_locks);
    if (file < 0 && is_without_locks(errno_of(first_of_stack()))) file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, without);
    return File(check(file, "open"));
}

Dataset create_dataset(const Check& check, const File& file, const std::string& name, hid_t type, const Shape& shape,
                       const Shape& chunk) {
    const auto what = "create " + name;
    const auto creation = creation_of(check, type, what);
    const Properties access(check(H5Pcreate(H5P_DATASET_ACCESS), what));
    if (!chunk.empty()) {
        check(H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), what);
        // HDF5 has no filter for text of variable length: the chunk would hold places in a heap.
        if (H5Tis_variable_str(type) <= 0) check(H5Pset_fletcher32(creation), what);
        // Whole chunks are written, so a cache would only copy them and put off the news of a full disk.
        check(H5Pset_chunk_cache(access, H5D_CHUNK_CACHE_NSLOTS_DEFAULT, 0, H5D_CHUNK_CACHE_W0_DEFAULT), what);
    }
    return Dataset(
        check(H5Dcreate2(file, name.c_str(), type, space_of(check, shape), H5P_DEFAULT, creation, access), what));
}

Dataset create_whole_dataset(const Check& check, const File& file, const std::string& name, hid_t type,
                             const Shape& shape) {
    constexpr hsize_t most_beside_description = 16 << 10, bytes_of_chunk = 256 << 10;
    hsize_t bytes = H5Tget_size(type);
    for (const auto length : shape) bytes *= length;
    if (bytes > most_beside_description)
        return create_dataset(check, file, name, type, shape, chunk_of(shape, H5Tget_size(type), bytes_of_chunk));
    const auto what = "create " + name;
    const auto creation = creation_of(check, type, what);
    check(H5Pset_layout(creation, H5D_COMPACT), what);
    return Dataset(
        check(H5Dcreate2(file, name.c_str(), type, space_of(check, shape), H5P_DEFAULT, creation, H5P_DEFAULT), what));
}

Dataset open_dataset(const Check& check, const File& file, const std::string& name) {
    // What is read is read once, so a cache of chunks would only copy it.
    const Properties access(check(H5Pcreate(H5P_DATASET_ACCESS), "open " + name));
    check(H5Pset_chunk_cache(access, H5D_CHUNK_CACHE_NSLOTS_DEFAULT, 0, H5D_CHUNK_CACHE_W0_DEFAULT), "open " + name);
    return Dataset(check(H5Dopen2(file, name.c_str(), access), "open " + name));
}

Shape shape_of(const Check& check, const Dataset& dataset) {
    const Space space(check(H5Dget_space(dataset), "read a shape"));
    Shape shape(check(H5Sget_simple_extent_ndims(space), "read a shape"));
    check(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "read a shape");
    return shape;
}

namespace {

// Of texts, some at a time where they lie in a row: all at once, with the library's copies of them, would take twice
// their memory. `use` has the places in memory and in the file, the first text and their number.
template <class Use>
void in_blocks(const Check& check, const Dataset& dataset, hsize_t at_once, const Use& use) {
    const auto shape = shape_of(check, dataset);
    if (shape.size() != 1) {
        const Space space(check(H5Dget_space(dataset), "read a shape"));
        use(space, H5S_ALL, std::size_t{0}, static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
        return;
    }
    for (hsize_t first = 0; first < shape[0]; first += at_once) {
        const auto count = std::min(at_once, shape[0] - first);
        const auto selection = select(check, dataset, {{first}, {count}});
        use(selection.memory, selection.file, static_cast<std::size_t>(first), static_cast<std::size_t>(count));
    }
}

}  // namespace

void write_texts(const Check& check, const Dataset& dataset, const std::function<std::string(std::size_t)>& text) {
    const auto type = text_type(check);
    constexpr hsize_t at_once = 64;
    in_blocks(check, dataset, at_once, [&](const Space& memory, hid_t file, std::size_t first, std::size_t count) {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < count; ++i) texts.push_back(text(first + i));
        std::vector<const char*> pointers;
        for (const auto& one : texts) pointers.push_back(one.c_str());
        check(H5Dwrite(dataset, type, memory, file, H5P_DEFAULT, static_cast<const void*>(pointers.data())),
              "write text");
    });
}

void visit_texts(const Check& check, const Dataset& dataset, const std::function<void(std::string)>& use) {
    const Type stored(check(H5Dget_type(dataset), "read text"));
    // One at a time: of a text that is missing from its heap HDF5 1.10 gives what its buffer held, which of several may
    // be the same text from another place, and of one is nothing.
    constexpr hsize_t at_once = 1;
    // the library clears its whole buffer for each list, by default a megabyte for a handful of names
    constexpr std::size_t buffer = 1 << 14;
    const Properties transfer(check(H5Pcreate(H5P_DATASET_XFER), "read text"));
    check(H5Pset_buffer(transfer, buffer, nullptr, nullptr), "read text");
    in_blocks(check, dataset, at_once, [&](const Space& memory, hid_t file, std::size_t, std::size_t) {
        const auto read = [&](hid_t type, void* to) { return H5Dread(dataset, type, memory, file, transfer, to); };
        for (auto& text : texts_by(check, memory, stored, read)) use(std::move(text));
    });
}

std::vector<std::string> read_texts(const Check& check, const Dataset& dataset) {
    std::vector<std::string> texts;
    visit_texts(check, dataset, [&](std::string text) { texts.push_back(std::move(text)); });
    return texts;
}

void write_slab(const Check& check, const Dataset& dataset, const Slab& slab, std::span<const double> values) {
    const auto selection = select(check, dataset, slab);
    check(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, selection.memory, selection.file, H5P_DEFAULT, values.data()),
          "write rows");
}

void read_slab(const Check& check, const Dataset& dataset, const Slab& slab, hid_t memory, void* values) {
    const auto selection = select(check, dataset, slab);
    check(H5Dread(dataset, memory, selection.memory, selection.file, H5P_DEFAULT, values), "read rows");
}

void write_attribute(const Check& check, hid_t object, const Attribute& attribute) {
    const auto& name = attribute.name;
    const auto write = [&]<class T>(const T& value) {
        if constexpr (std::is_same_v<T, std::string>)
            write_text_attribute(check, object, name, value);
        else if constexpr (Number<T>)
            write_attribute(check, object, name, std::span<const T>(&value, 1));
        else
            write_attribute(check, object, name, std::span(value));
    };
    std::visit(write, attribute.value);
}

std::string read_text(const Check& check, hid_t attribute, const std::string& name) {
    const Space space(check(H5Aget_space(attribute), "read attribute " + name));
    const Type stored(check(H5Aget_type(attribute), "read attribute " + name));
    if (H5Sget_simple_extent_npoints(space) != 1 || H5Tget_class(stored) != H5T_STRING)
        throw FileError(translated("{}: attribute '{}' is not one text", check.path.string(), name));
    return texts_by(check, space, stored, [&](hid_t type, void* to) { return H5Aread(attribute, type, to); })[0];
}

std::string read_text_attribute(const Check& check, hid_t object, const std::string& name) {
    return read_text(check, open_attribute(check, object, name), name);
}

std::vector<std::int64_t> read_integer_attribute(const Check& check, hid_t object, const std::string& name) {
    constexpr hssize_t most = 64;
    const auto attribute = open_attribute(check, object, name);
    const Space space(check(H5Aget_space(attribute), "read attribute " + name));
    const Type stored(check(H5Aget_type(attribute), "read attribute " + name));
    const auto count = H5Sget_simple_extent_npoints(space);
    if (H5Tget_class(stored) != H5T_INTEGER || count < 1 || count > most)
        throw FileError(translated("{}: attribute '{}' is not a list of whole numbers", check.path.string(), name));
    std::vector<std::int64_t> values(static_cast<std::size_t>(count));
    check(H5Aread(attribute, H5T_NATIVE_INT64, values.data()), "read attribute " + name);
    return values;
}

}  // namespace sim::hdf5
