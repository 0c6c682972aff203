import { photosOf, timedId, type Outbox } from "./outbox.ts";

/** The photos of the step on the screen: taken with the phone's camera, kept on this device, and taken off again where one is not wanted. */
export async function watchPhotos(form: HTMLFormElement, outbox: Outbox): Promise<void> {
  const input = form.querySelector<HTMLInputElement>("[data-photo]");
  const list = form.querySelector<HTMLUListElement>(".photos");
  if (!input || !list) return;
  const [run, step] = [form.dataset["run"]!, Number(form.dataset["step"])];
  const show = async (): Promise<void> => {
    const photos = await photosOf(outbox, run, step);
    list.hidden = photos.length === 0;
    list.replaceChildren(...photos.map(photo => {
      const [line, name, drop] = [document.createElement("li"), document.createElement("span"), document.createElement("button")];
      name.textContent = photo.picture ? `${photo.name}, ${(photo.picture.size / 1e6).toFixed(1)} MB` : photo.name;
      Object.assign(drop, { type: "button", textContent: "Remove", className: "btn sm" });
      drop.setAttribute("aria-label", `Remove ${photo.name}`);
      drop.addEventListener("click", () => void outbox.photos.remove(photo.id).then(show));
      line.append(name, drop);
      return line;
    }));
  };
  input.addEventListener("change", async () => {
    for (const file of input.files ?? []) await outbox.photos.put({ id: timedId(), run, step, name: file.name || "photo.jpg", picture: file });
    input.value = "";
    await show();
  });
  await show();
}
