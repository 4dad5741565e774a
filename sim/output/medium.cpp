#include "sim/output/medium.hpp"

namespace sim {

Attributes Medium::About::listed() const {
    Attributes attributes;
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty()) attributes.push_back({name, text});
    };
    add("units", units);
    add("long_name", long_name);
    add("long_name_zh", long_name_zh);
    attributes.insert(attributes.end(), more.begin(), more.end());
    return attributes;
}

void Medium::digest_attributes(const std::string& variable, const About& about) {
    for (const auto& attribute : about.listed())
        digest_.describe(variable, attribute.name, AttributeValue::of(attribute));
}

}  // namespace sim
