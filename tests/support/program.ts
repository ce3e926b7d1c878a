export { default as platform } from "../../index";
