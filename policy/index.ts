import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./rule";
import { rules } from "./rules";

new PolicyPack("ml-platform", { enforcementLevel: "mandatory", policies: rules.map(toPolicy) });
