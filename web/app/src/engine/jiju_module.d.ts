// What emscripten makes of web/engine (tools/build-web); without types of its own.
declare module "*/build/web/jiju.js" {
    export interface Jiju {
        HEAPF64: Float64Array;
        ccall(name: string, returns: "string", types: ("string" | "number")[], values: (string | number)[]): string;
        ccall(name: string, returns: "number", types: ("string" | "number")[], values: (string | number)[]): number;
        ccall(name: string, returns: null, types: ("string" | "number")[], values: (string | number)[]): null;
    }
    interface Options {
        instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object;
        print?(line: string): void;
        printErr?(line: string): void;
    }
    export default function createJiju(options: Options): Promise<Jiju>;
}
