#include "models/growth/parameters/innovation.hpp"

#include "models/growth/presets.hpp"
#include "sim/scenario/member.hpp"

namespace growth {

InnovationParameters::InnovationParameters() {
    describe(sim::Members::defaults());
}

void InnovationParameters::describe(const sim::Members& member) {  // NOLINT: a list
    using sim::Spec;
    using enum sim::Prior::Shape;
    member(Spec{"search_efficiency", "1/year", 0, 20, "Hazard of success of a firm with R&D of one scale unit"}
               .chinese("研发搜寻效率")
               .from("model B.8"),
           search_efficiency, 0.3);
    member(Spec{"innovation_share", "1", 0, 1, "Share of R&D that searches for the new, not for what others know"}.from(
               "Dosi, Fagiolo, Roventini 2010"),
           innovation_share, 0.5);
    member(
        Spec{"research_scale", "1", 1e-6, 10, "R&D of one scale unit over output, for output of `scale_output`"}.from(
            "near the median intensity"),
        research_scale, 0.02);
    member(Spec{"scale_output", "money/year", 1e-3, 1e5, "Output of the firm that this scale unit is of"}.needed(
               china_has_it),
           scale_output);
    member(Spec{"scale_exponent", "1", 0, 1, "How the scale unit grows with output"}.from("model B.8"), scale_exponent,
           0.75);
    member(Spec{"gain_low", "1", -1, 0, "Worst gain of a draw"}.from("model B.8"), gain_low, -0.06);
    member(Spec{"gain_high", "1", 0, 1, "Best gain of a draw"}.from("model B.8"), gain_high, 0.08);
    member(Spec{"imitation_step", "1", 0, 1, "Share of the distance to the best that imitation closes"}.from("judged"),
           imitation_step, 0.1);
    member(Spec{"difficulty", "1", 0, 5,
                "Elasticity of inventions to how far efficiency lies above that of the nation's mean firm"}
               .chinese("创新难度弹性")
               .from("Bloom, Jones, Van Reenen, Webb 2020: 1.1 within firms, 3.1 for an economy")
               .uncertain(lognormal, 0.4, 3.0),
           difficulty, 1.1);
    member(Spec{"frontier_reach", "1", 0, 1, "Share of the national frontier's lead that can be imitated"}
               .chinese("前沿可及度")
               .from("judged")
               .uncertain(logitnormal, 0.6, 0.93),
           frontier_reach, 0.8);
    member(Spec{"frontier_lead", "1", 0, 3,
                "Lead of the national frontier over the mean local firm at the start, in logarithms"}
               .from("judged"),
           frontier_lead, 0.6);
    member(Spec{"learning", "1/year", -0.1, 0.1, "Growth of efficiency by doing"}
               .chinese("边干边学")
               .from("fact C9")
               .uncertain(normal, -0.005, 0.005),
           learning, 0.0);
    member(Spec{"persistence", "1", 0, 0.99, "Share of transitory efficiency left after a year"}
               .chinese("暂时效率持续性")
               .from("model B.4, fact C7"),
           persistence, 0.6);
    member(Spec{"volatility", "1", 0, 1, "Standard deviation of transitory efficiency"}
               .chinese("暂时效率波动")
               .from("model B.4, B.14"),
           volatility, 0.08);
    member(Spec{"knowledge_decay", "1/year", 0, 1, "Decay of the stock of R&D"}.from("convention"), knowledge_decay,
           0.15);
    member(Spec{"patent_rate", "1/year", 0, 1000, "Patents a year of a firm whose R&D is the patent cost"}
               .chinese("专利产出率")
               .needed(china_has_it),
           patent_rate);
    member(Spec{"patent_cost", "money/year", 1e-6, 1e4, "R&D at which the rate holds"}.needed(china_has_it),
           patent_cost);
    member(Spec{"patent_exponent", "1", 0, 1.5, "Elasticity of patents to R&D"}.from("fact C17: 0.3-0.7"),
           patent_exponent, 0.6);
    member(Spec{"patent_inflation", "1", 1, 5, "Reported over real patents"}.chinese("专利虚增").needed(china_has_it),
           patent_inflation);
    member(Spec{"relabelled", "1", 0, 0.9,
                "Share of the R&D that firms report more to reach high-tech status which is other cost by another name"}
               .chinese("研发费用归集虚增")
               .needed(china_has_it),
           relabelled);
    member(Spec{"spending_years", "year", 0.1, 10,
                "Mean time in which an R&D grant, or what a listing raised for R&D, is spent"}
               .from("model A 6.1: 6 quarters"),
           spending_years, 1.5);
    member(Spec{"within_share", "1", 0, 1, "Share of national efficiency growth that comes within firms"}
               .chinese("全国效率增长中企业自身提升占比")
               .from("model B.5"),
           within_share, 0.6);
}

}  // namespace growth
