/** What every page may use. Each element enhances HTML that works without it. */
import "./z-menu.js";
import "./z-toasts.js";
import "./z-dialog.js";
import "./z-spread.js";
