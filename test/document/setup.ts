import { setupInstallation } from "../package/install.js";

export default setupInstallation("real");
