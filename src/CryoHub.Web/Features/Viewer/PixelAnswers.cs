using CryoHub.Platform.Storage;

namespace CryoHub.Web.Features.Viewer;

internal static class PixelAnswers
{
    public static async Task<PixelResult> ToAnswer(this Task<Download?> found) => new(await found);
}
