// The run's fingerprint, and the last check of its layout.
#include "sim/output/outline.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "sim/output/digest.hpp"

namespace sim {
namespace {

std::string fingerprint(const Outline& outline) {
    Sha256 digest;
    const auto add = [&](std::string_view text) { digest.add(fmt::format("{}:{};", text.size(), text)); };
    for (const auto& [name, value] : outline.layout.attributes)
        if (name == "software_version" || name == "git_sha1" || name == "seed" || name == "stopping_rule")
            add(std::get<std::string>(value));
    for (std::size_t i = 0; i < outline.texts.size(); ++i) {
        const auto& arm = outline.layout.scenarios[i];
        add(arm.key);
        add(outline.texts[i]);
        for (const double value : arm.design) add(fmt::format("{}", value));
    }
    for (const auto& factor : outline.layout.factors) {
        add(factor.key + "=" + factor.setting);
        for (const auto* levels : {&factor.levels, &factor.levels_zh})
            for (const auto& level : *levels) add(level);
    }
    for (const auto* variables : {&outline.view.kept(), &outline.view.yearly()})
        for (const auto& variable : *variables)
            add(fmt::format("{} {}", variable.name, row_length(outline.view.axes(), variable)));
    add(fmt::format("{} {} {}", outline.planned, outline.recording.panels, schema_version[0]));
    return digest.hex();
}

Texts texts_of(const std::vector<Arm>& arms, Texts given) {
    if (given.empty())
        for (const auto& arm : arms) given.push_back(arm.toml);
    if (given.size() != arms.size()) throw std::invalid_argument("results layout: a text is missing or to spare");
    return given;
}

}  // namespace

Outline::Outline(Layout layout_of_model, const Recording& recorded, std::size_t replicates, Texts given)
    : layout(std::move(layout_of_model)),
      texts(texts_of(layout.scenarios, std::move(given))),
      view(layout.axes, layout.variables, recorded),
      recording(recorded),
      planned(replicates),
      run_sha256(fingerprint(*this)) {}

void check_outline(const Outline& outline) {
    auto shown = outline.layout;
    shown.axes = outline.view.axes();
    shown.variables = outline.view.kept();
    check_layout(shown);
}

Extent checked(const Outline& outline, Extent extent) {
    if (extent.count == 0) throw std::invalid_argument("results layout: there is no replicate");
    check_outline(outline);
    return extent;
}

}  // namespace sim
