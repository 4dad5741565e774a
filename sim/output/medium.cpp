#include "sim/output/medium.hpp"

namespace sim {

Attributes Medium::About::listed() const {
    Attributes told;
    const auto tell = [&](const char* name, const std::string& text) {
        if (!text.empty()) told.push_back({name, text});
    };
    tell("units", units);
    tell("long_name", long_name);
    tell("long_name_zh", long_name_zh);
    told.insert(told.end(), more.begin(), more.end());
    return told;
}

void Medium::digest_attributes(const std::string& variable, const About& about) {
    for (const auto& attribute : about.listed())
        digest_.describe(variable, attribute.name, AttributeValue::of(attribute));
}

}  // namespace sim
