import "./labels.css";
import type * as View from "./view.ts";
import { refusal } from "./refusal.ts";

/** `<cryohub-scanner>`: the phone's camera, until it has seen a label; then the page of that label. */
class ScannerElement extends HTMLElement {
  private stream: MediaStream | undefined;

  connectedCallback(): void {
    this.textContent = "";
    void this.open();
  }

  disconnectedCallback(): void { this.stop(); }

  private async open(): Promise<void> {
    const picture = document.createElement("video");
    picture.muted = true;
    picture.playsInline = true;
    picture.setAttribute("aria-label", "Picture of the camera");
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    words.textContent = "Waiting for the camera.";
    this.replaceChildren(picture, words);
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "SecurityError");
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
    } catch (problem) {
      picture.remove();
      words.textContent = refusal(problem instanceof DOMException ? problem.name : "");
      return;
    }
    if (!this.isConnected) return this.stop();
    picture.srcObject = this.stream;
    await picture.play();
    words.textContent = "Hold the label into the frame.";
    const { watch } = await import(new URL("labels-view.js", import.meta.url).href) as typeof View;
    const code = await watch(picture, () => this.isConnected);
    if (code === undefined) return;
    words.textContent = `Read: ${code}`;
    navigator.vibrate?.(60);
    this.stop();
    location.assign(new URL(`s/${encodeURIComponent(code)}`, document.baseURI));
  }

  private stop(): void {
    this.stream?.getTracks().forEach(track => track.stop());
    this.stream = undefined;
  }
}

customElements.define("cryohub-scanner", ScannerElement);
