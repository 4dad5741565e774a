#include "models/growth/kernel.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "models/growth/measure/records.hpp"
#include "models/growth/state.hpp"

extern "C" {
extern const growth::Kernel jiju_kernel_generic;
#ifdef JIJU_HAS_AVX2
extern const growth::Kernel jiju_kernel_avx2;
#endif
#ifdef JIJU_HAS_AVX512
extern const growth::Kernel jiju_kernel_avx512;
#endif
}

namespace growth {

namespace {

std::vector<const Kernel*> runnable() {
    std::vector<const Kernel*> kernels = {&jiju_kernel_generic};
#ifdef JIJU_HAS_AVX2
    const bool has_avx2 =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    if (has_avx2) kernels.push_back(&jiju_kernel_avx2);
#endif
#ifdef JIJU_HAS_AVX512
    const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                            __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vl");
    if (has_avx2 && has_avx512) kernels.push_back(&jiju_kernel_avx512);
#endif
    return kernels;
}

const Kernel& choose() {
    const auto kernels = runnable();
    const char* wanted = std::getenv("JIJU_INSTRUCTION_SET");
    if (wanted == nullptr || *wanted == '\0') return *kernels.back();
    std::string known;
    for (const Kernel* each : kernels) {
        if (each->instruction_set == wanted) return *each;
        known += (known.empty() ? "" : ", ") + std::string(each->instruction_set);
    }
    throw std::runtime_error(fmt::format("JIJU_INSTRUCTION_SET = {} cannot run here; there are: {}", wanted, known));
}

}  // namespace

std::vector<std::string_view> instruction_sets() {
    std::vector<std::string_view> names;
    for (const Kernel* each : runnable()) names.push_back(each->instruction_set);
    return names;
}

const Kernel& kernel() {
    static const Kernel& chosen = choose();
    return chosen;
}

}  // namespace growth
