using System.Text.Json;

namespace CryoHub.Imaging.Shapes.Files.Coco;

/// <summary>Which pictures of a COCO file are frames of ours.</summary>
internal sealed class CocoImages
{
    private readonly Dictionary<long, long?> frames = [];

    /// <summary>Annotations of pictures that are not ours.</summary>
    public int Others { get; private set; }

    /// <exception cref="ProblemException">No picture of the file is ours, by size, number or name.</exception>
    public static CocoImages Of(JsonElement root, DrawnPicture picture, string fileName)
    {
        var all = root.List("images").ToArray();
        var fitting = all.Where(image => image.Whole("width") == picture.X.Size && image.Whole("height") == picture.Y.Size).ToArray();
        if (fitting.Length == 0)
        {
            var found = all.Length == 0 ? "" : $"; its {(all.Length == 1 ? "only one" : "first")} has {all[0].Whole("width")} × {all[0].Whole("height")}";
            throw ProblemException.Invalid($"\"{fileName}\" holds no picture of {picture.X.Size} × {picture.Y.Size} pixels{found}.");
        }

        var ours = new CocoImages();
        var named = fitting.Where(image => Stem(image.Text("file_name")) == Stem(picture.Name)).ToArray();
        if (fitting.Any(image => image.Whole("frame") is not null))
        {
            foreach (var image in fitting)
            {
                ours.Add(image, image.Whole("frame"));
            }
        }
        else if (fitting.Length == 1 || named.Length == 1)
        {
            ours.Add(fitting.Length == 1 ? fitting[0] : named[0], null);
        }
        else if (fitting.Length == picture.Frames)
        {
            for (var i = 0; i < fitting.Length; i++)
            {
                ours.Add(fitting[i], i);
            }
        }
        else
        {
            throw ProblemException.Invalid(
                $"\"{fileName}\" holds {fitting.Length:N0} pictures of this size; the signal has {picture.Frames:N0}, and none is called \"{Stem(picture.Name)}\". "
                + "Save the annotations of one picture.");
        }

        return ours;
    }

    /// <summary>Frames of an annotation, both <c>null</c> for all; <c>null</c> where its picture is not ours.</summary>
    public (long? First, long? Last)? FramesOf(JsonElement annotation)
    {
        if (!frames.TryGetValue(annotation.Whole("image_id") ?? long.MinValue, out var frame))
        {
            Others++;
            return null;
        }

        var noted = annotation.Member("attributes");
        return noted?.Member("allFrames")?.ValueKind == JsonValueKind.True ? (null, null) : (frame, noted?.Whole("lastFrame") is { } last && last >= frame ? last : frame);
    }

    private void Add(JsonElement image, long? frame) => frames[image.Whole("id") ?? long.MinValue + 1] = frame;

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name.Replace('\\', '/'));
}
