using System.Text;

namespace CryoHub.Imaging;

/// <summary>Text as a signal: its pixels are its UTF-8 bytes, and what it states as key and value is in <see cref="SignalHeader.Original"/>.</summary>
public static class DocumentSignal
{
    /// <exception cref="ProblemException">Unreadable: there is no text.</exception>
    public static ISignal Of(string name, string text, MetadataTree original) => Of(name, text, AcquisitionMetadata.None, original);

    /// <inheritdoc cref="Of(string, string, MetadataTree)"/>
    public static ISignal Of(string name, string text, AcquisitionMetadata metadata, MetadataTree original) =>
        Of(name, Encoding.UTF8.GetBytes(text), metadata, original);

    /// <summary>Text that is UTF-8 already.</summary>
    /// <exception cref="ProblemException">Unreadable: there is no text.</exception>
    public static ISignal Of(string name, ReadOnlyMemory<byte> bytes, AcquisitionMetadata metadata, MetadataTree original) =>
        bytes.IsEmpty
            ? throw ProblemException.Unreadable($"{name} holds no text.")
            : new ArraySignal(new SignalHeader(name, SignalKind.Document, PixelType.UInt8, [new Axis("byte", bytes.Length, "", AxisRole.Index)], metadata, original), bytes);
}
