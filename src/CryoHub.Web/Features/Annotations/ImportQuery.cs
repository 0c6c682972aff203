using CryoHub.Imaging;
using CryoHub.Imaging.Shapes.Files;
using CryoHub.Platform.Annotations.Imports;

namespace CryoHub.Web.Features.Annotations;

/// <summary>Name of the file whose bytes are the body, and what is to be done with what does not fit.</summary>
internal readonly record struct ImportQuery(string? Name, bool? MakeClasses, bool? LeaveOut)
{
    /// <summary>Reads the body up to the limit; the host refuses longer ones at the door.</summary>
    public async Task<ImportWish> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength is > ShapeFileReaders.LargestBytes and var length)
        {
            throw ProblemException.Invalid($"The file holds {length:N0} bytes; up to {ShapeFileReaders.LargestBytes:N0} are read. Cut it into several.");
        }

        using var bytes = new MemoryStream((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(bytes, ct);
        var name = Name is { Length: > 0 and <= 400 } given ? given : "shapes";
        return new(name, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), MakeClasses ?? false, LeaveOut ?? false);
    }
}
