// Two lives of each firm, of panels as engines give them.
import { describe, expect, it } from "vitest";

import { inWords } from "../src/engine/engine";
import { gain, twins } from "../src/panel";

const base = {
    id: new Float64Array([7, 7, 8]),
    year: new Float64Array([2011, 2012, 2011]),
    year_sales: new Float64Array([1, 2, 5]),
    labour: new Float64Array([10, 20, 50]),
    support: new Float64Array([0, 0, 0]),
    industry: ["energy", "energy", "steel"],
    place: ["east", "east", "west"],
    named: ["", "", "sunny"],
};
const plan = { ...base, id: new Float64Array([7, 7, 9]), year_sales: new Float64Array([1, 6, 4]) };

describe("twins", () => {
    const found = twins([base, plan], [2011, 2012]);

    it("are all firms of either arm, each with its own words", () => {
        expect(found.map(({ id, industry, place, named }) => [id, industry, place, named])).toEqual([
            [7, "energy", "east", ""],
            [8, "steel", "west", "sunny"],
            [9, "steel", "west", "sunny"],
        ]);
    });

    it("have a life a year in each arm, and none where they are not there", () => {
        expect(found[0]!.lives.map((life) => life.map((each) => each?.sales))).toEqual([
            [1, 2],
            [1, 6],
        ]);
        expect(found[1]!.lives.map((life) => life.map((each) => each?.workers))).toEqual([
            [50, undefined],
            [undefined, undefined],
        ]);
    });

    it("gain what the second arm sells more in the last year", () => {
        expect(found.map(gain)).toEqual([4, 0, 0]);
    });
});

describe("columns", () => {
    it("are numbers, or the words that these stand for", () => {
        const codes = new Float64Array([1, 0, 3]);
        expect(inWords(codes, undefined)).toBe(codes);
        expect(inWords(codes, ["", "sunny"])).toEqual(["sunny", "", ""]);
    });
});
