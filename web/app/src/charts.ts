// The parts of ECharts that are drawn with, in SVG, and what all charts have in common.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

export type { EChartsCoreOption };

use([LineChart, BarChart, GridComponent, TooltipComponent, MarkLineComponent, AriaComponent, SVGRenderer]);

// Okabe and Ito 2008, Color Universal Design: seen alike by the colour-blind.
export const COLOURS = {
    own: "#0072B2",
    reference: "#5F5F5F",
    target: "#D55E00",
    asked: "#56B4E9",
    given: "#0072B2",
    beyond: "#E69F00",
    ink: "#1f1f1f",
    rule: "#d8d4c8",
    faint: "#6a675f",
};

export const FONT =
    'system-ui, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const AXIS = {
    axisLine: { lineStyle: { color: COLOURS.rule } },
    axisTick: { show: false },
    axisLabel: { color: COLOURS.faint, fontFamily: FONT, fontSize: 12 },
    splitLine: { lineStyle: { color: COLOURS.rule, width: 0.6 } },
};

const charts = new Map<HTMLElement, EChartsType>();
const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) charts.get(target as HTMLElement)?.resize();
});

/** Draws into the element, which says in words what the chart shows. */
export function draw(element: HTMLElement, label: string, option: EChartsCoreOption): void {
    let chart = charts.get(element);
    if (!chart) {
        if (element.clientWidth === 0) return; // not in view
        chart = init(element, null, { renderer: "svg" });
        charts.set(element, chart);
        watcher.observe(element);
    }
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", label);
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option }, { notMerge: true });
}

export function forget(within: HTMLElement): void {
    for (const [element, chart] of charts) {
        if (!within.contains(element)) continue;
        watcher.unobserve(element);
        chart.dispose();
        charts.delete(element);
    }
}
