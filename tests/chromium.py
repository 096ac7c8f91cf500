"""The Chromium of the browser tests: found, or installed. Run as a module by `make test`."""

import os
import shutil
import subprocess
import sys

# Playwright's own list, which ours takes the place of, and the two pages that the address bar keeps behind each of
# ours: nobody ever sees them, and they took a sixth of the time that it takes to show a page.
WITHOUT = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,"
    "OptimizationHints,PaintHolding,PreconnectToSearch,TcpPortRandomizationWin,ThirdPartyStoragePartitioning,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,RenderDocument"
)
# Headless, on any machine, with nothing of its own to look up on the network.
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={WITHOUT}",
]


def installed() -> str | None:
    """The path of the machine's Chromium. The one without a window takes half of the processor for a page."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def playwrights() -> str | None:
    """The path of Playwright's own download, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install() -> None:
    """Debian's package as root where there is one, else Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # Older releases have no package of it alone. The letters of a machine without fonts are wider than others.
        for names in (("chromium-headless-shell", "fonts-liberation"), ("chromium",)):
            if subprocess.run(["apt-get", "install", "-y", "-qq", *names], env=quiet, check=False).returncode == 0:
                return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> None:
    if installed() or playwrights():
        return
    install()
    if not (installed() or playwrights()):
        sys.exit("No Chromium could be installed: the browser journeys can't run.")


if __name__ == "__main__":
    main()
