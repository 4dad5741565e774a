// Which engine answers: the program that serves this page, where it says so, or else the model inside.
import { modelInside } from "model-inside";

import { App } from "./app";
import { httpEngine } from "./engine/http_engine";
import "./style.css";
import { translate } from "./texts";

const root = document.getElementById("app")!;
const served = document.documentElement.dataset.engine === "http";
const engine = served ? httpEngine(new URL("./", location.href.split("#")[0])) : modelInside();
if (engine) void new App(root, engine).begin();
else root.textContent = `${translate("en", "noModel")} ${translate("zh", "noModel")}`;
