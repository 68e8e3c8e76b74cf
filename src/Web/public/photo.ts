/** Longest side of what is sent, in pixels: enough to see what is the matter, little enough for a weak line. */
const SIDE_MAX = 1_600;
const QUALITY = 0.82;

/** Shows what was chosen. */
export function enhancePhoto(): void {
  const input = document.querySelector<HTMLInputElement>('main input[type=file]');
  const preview = document.querySelector<HTMLImageElement>('[data-preview]');
  if (!input || !preview) return;
  document.querySelector('[data-plain]')?.remove();
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    URL.revokeObjectURL(preview.src);
    preview.hidden = file === undefined;
    preview.src = file === undefined ? '' : URL.createObjectURL(file);
  });
}

/** The photo as a smaller JPEG; as it is where this browser cannot read it, for the server to judge. */
export async function smaller(photo: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(photo);
    const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
    return made && made.size < photo.size ? made : photo;
  } catch {
    return photo;
  }
}
