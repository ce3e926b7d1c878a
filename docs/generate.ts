import { writeFileSync } from "node:fs";
import path from "node:path";
import { generatedPages } from "./pages";

async function main(): Promise<void> {
  for (const [file, text] of await generatedPages()) {
    writeFileSync(path.join(__dirname, file), text);
    console.log(`docs/${file}`);
  }
}

void main();
