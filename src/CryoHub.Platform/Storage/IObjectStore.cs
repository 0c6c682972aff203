namespace CryoHub.Platform.Storage;

/// <summary>
/// Where bytes live: originals, zarr groups, previews. Objects are whole or absent, never half written, and never change in place. Keys are made by the
/// platform (ids, never a user's file name), with slashes.
/// </summary>
public interface IObjectStore
{
    /// <summary>Stores everything <paramref name="content"/> gives, replacing an object of that key in one step.</summary>
    Task PutAsync(string key, Stream content, CancellationToken ct);

    /// <summary>Opens an object for ranged reads; <c>null</c> where there is none.</summary>
    Task<StoredObject?> OpenAsync(string key, CancellationToken ct);

    /// <summary>Every object whose key begins with <paramref name="prefix"/>, in the order of the keys' bytes.</summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken ct);

    /// <summary>Deletes every object whose key begins with <paramref name="prefix"/>; none is not an error.</summary>
    Task DeleteAsync(string prefix, CancellationToken ct);

    /// <summary>Deletes the object of this key and no other; none is not an error.</summary>
    Task DeleteOneAsync(string key, CancellationToken ct);

    /// <summary>Begins an object that arrives in numbered parts.</summary>
    Task<MultipartUpload> BeginAsync(string key, CancellationToken ct);

    /// <summary>The parts that have arrived, by number; <c>null</c> where the upload is unknown: completed, aborted or never begun.</summary>
    Task<IReadOnlyList<StoredPart>?> ListPartsAsync(MultipartUpload upload, CancellationToken ct);

    /// <summary>An address that takes exactly the bytes of this length and hash as part <paramref name="number"/>, for a quarter of an hour.</summary>
    SignedPart SignPart(MultipartUpload upload, int number, long size, ReadOnlySpan<byte> sha256);

    /// <summary>Makes the object from its parts; the parts are gone afterwards.</summary>
    /// <exception cref="CryoHub.Imaging.ProblemException">A part is absent or is another than the one named (conflict).</exception>
    Task CompleteAsync(MultipartUpload upload, IReadOnlyList<PartTag> parts, CancellationToken ct);

    /// <summary>Drops an upload and its parts; an unknown one is not an error.</summary>
    Task AbortAsync(MultipartUpload upload, CancellationToken ct);

    /// <summary>Uploads that were begun and neither completed nor aborted.</summary>
    IAsyncEnumerable<OpenMultipart> ListUploadsAsync(CancellationToken ct);
}
