// Makes a photo small enough for a bad line, on the phone itself; the server encodes it anew.
export const longestEdge = 2048;
const quality = 0.85;

/** Size of a picture that keeps its shape and is nowhere longer than the longest edge, pixels. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, longestEdge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The photo as JPEG; null where this browser cannot read it. */
export async function shrink(file: Blob): Promise<ArrayBuffer | null> {
  try {
    // Drawn upright: what is drawn holds pixels alone, not where and with what it was taken.
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const size = fitted(picture.width, picture.height);
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    const context = canvas.getContext('2d');
    if (!context) return null;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size.width, size.height);
    context.drawImage(picture, 0, 0, size.width, size.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    return blob === null ? null : await blob.arrayBuffer();
  } catch {
    return null;
  }
}
