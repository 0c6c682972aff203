using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Ome;

/// <summary>Images whose planes a description spreads over pages and files, one signal each.</summary>
internal sealed class OmeSeries(ISourceFile file)
{
    private readonly Dictionary<string, (IByteSource Bytes, IReadOnlyList<TiffTags> Pages)> files = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether the planes of <paramref name="root"/> are simply the pages of the file that holds it, are elsewhere, or are elsewhere and out of reach.
    /// </summary>
    public static OmeSpread SpreadOf(ISourceFile file, XElement root)
    {
        var images = OmePlanes.Of(root);
        var others = images.SelectMany(image => image.Places).Select(place => place?.File ?? file.Name).Distinct().Where(name => name != file.Name).ToList();
        return others.Count == 0 && images.Count <= 1 ? OmeSpread.None
            : others.TrueForAll(name => file.Sibling(Path.GetFileName(name)) is not null) ? OmeSpread.Complete
            : OmeSpread.Incomplete;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(XElement root, TiffDescription shared, JsonObject original, CancellationToken ct)
    {
        List<ISignal> signals = [];
        foreach (var image in OmePlanes.Of(root))
        {
            signals.Add(await OpenAsync(image, shared, original, ct));
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} describes no image whose planes it places.");
    }

    private async Task<ISignal> OpenAsync(OmePlanes image, TiffDescription shared, JsonObject original, CancellationToken ct)
    {
        List<(IByteSource File, TiffPage Page)> pages = [];
        for (var i = 0; i < image.Places.Count; i++)
        {
            var (name, number) = image.Places[i] ?? throw ProblemException.Unreadable($"The OME description places {i} of {image.Places.Count} planes; plane {i} is in no file.");
            var (bytes, tags) = await OpenAsync(name ?? file.Name, ct);
            var page = number < tags.Count ? await TiffPage.ReadAsync(bytes, tags[number], ct)
                : throw ProblemException.Unreadable($"The OME description looks for page {number} of {name ?? file.Name}, which has {tags.Count}.");
            if (pages.Count > 0 && page.Format with { BigEndian = false } != pages[0].Page.Format with { BigEndian = false })
            {
                throw ProblemException.Unreadable($"Page {number} of {name ?? file.Name} has {page.Format.Width} x {page.Format.Height} pixels of {page.Format.Bits} bits; the first plane has {pages[0].Page.Format.Width} x {pages[0].Page.Format.Height} of {pages[0].Page.Format.Bits}.");
            }

            pages.Add((bytes, page));
        }

        var stated = (string?)image.Pixels.Parent?.Attribute("Name");
        var title = stated is { Length: > 0 } ? stated : Path.GetFileNameWithoutExtension(file.Name);
        return TiffSignal.Of(title, pages, Dialects.OmeDialect.Describe(image.Pixels, shared), original);
    }

    private async Task<(IByteSource Bytes, IReadOnlyList<TiffTags> Pages)> OpenAsync(string name, CancellationToken ct)
    {
        if (!files.TryGetValue(name, out var known))
        {
            var bytes = name == file.Name
                ? file.Bytes : file.Sibling(Path.GetFileName(name)) ?? throw ProblemException.Unreadable($"{file.Name} keeps planes in {name}, which did not come with it.");
            files[name] = known = (bytes, await TiffDirectories.ReadAsync(bytes, ct));
        }

        return known;
    }
}
