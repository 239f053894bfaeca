// Builds every entry of `vite.config.ts`, one after the other: a build of several would share pieces between them.

import { build } from "vite";
import { config, ENTRIES } from "./vite.config.ts";

for (const [place, name] of Object.keys(ENTRIES).entries()) await build(config(name, place === 0));
