/** Why there is no camera picture, by the name of the browser's refusal, and what to do. */
export function refusal(name: string): string {
  switch (name) {
    case "NotAllowedError": return "The camera is not allowed for this site. Allow it in the browser's settings, or type the code below.";
    case "NotFoundError": return "This device has no camera. Type the code below; a hand scanner that types works too.";
    case "SecurityError": return "Browsers give the camera only to sites with HTTPS (or on localhost). Type the code below.";
    case "NotReadableError": return "Another program uses the camera. Close it and come back, or type the code below.";
    default: return "The camera gave no picture. Type the code below.";
  }
}
