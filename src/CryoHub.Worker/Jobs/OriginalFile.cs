using CryoHub.Imaging;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Storage;

namespace CryoHub.Worker.Jobs;

/// <summary>A received file with the other files of its data set, from the object store; names are the originals', without folders.</summary>
internal sealed class OriginalFile(DatasetFile file, IReadOnlyDictionary<string, StoredObject> objects) : ISourceFile
{
    public string Name { get; } = NameOf(file.Path);

    public IByteSource Bytes => objects[NameOf(file.Path)].Direct;

    public IByteSource? Sibling(string name) => objects.GetValueOrDefault(name)?.Direct;

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
