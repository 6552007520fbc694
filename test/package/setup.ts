import { setupInstallation } from "./install.js";

export default setupInstallation("fixture");
