#include "models/growth/measure/exports.hpp"

#include <limits>

#include "models/growth/config.hpp"
#include "models/growth/firm_table.hpp"

namespace growth {

bool says_exports(const Config& c, std::size_t industry) {
    return !c.industries[industry].present || c.industries[industry].exports_share || lacks_firms(c);
}

double known_exports(const Config& c, std::size_t industry, double exports) {
    return says_exports(c, industry) ? exports : std::numeric_limits<double>::quiet_NaN();
}

bool any_exports(const Config& c) {
    for (const auto& industry : c.industries)
        if (industry.present && industry.exports_share) return true;
    return false;
}

bool is_exports(std::string_view output) {
    return output == "exports" || output == "place_exports" || output == "industry_place_exports";
}

std::size_t without_exports(const Config& c, const Where& where) {
    const auto cluster = c.clusters.index_of(where.cluster);
    for (std::size_t i = 0; i < c.industries.size(); ++i) {
        const auto& key = c.industries[i].key;
        const bool is_counted = (where.industry.empty() || where.industry == key) &&
                                (cluster == c.clusters.size() || c.clusters[cluster].industry == key);
        if (is_counted && !says_exports(c, i)) return i;
    }
    return c.industries.size();
}

}  // namespace growth
