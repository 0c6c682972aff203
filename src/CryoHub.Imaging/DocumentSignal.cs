using System.Text;

namespace CryoHub.Imaging;

/// <summary>Text as a signal: its pixels are its UTF-8 bytes, and what it states as key and value is in <see cref="SignalHeader.Original"/>.</summary>
public static class DocumentSignal
{
    /// <exception cref="ProblemException">Unreadable: there is no text.</exception>
    public static ISignal Of(string name, string text, MetadataTree original) => Of(name, text, AcquisitionMetadata.None, original);

    /// <inheritdoc cref="Of(string, string, MetadataTree)"/>
    public static ISignal Of(string name, string text, AcquisitionMetadata metadata, MetadataTree original)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length == 0
            ? throw ProblemException.Unreadable($"{name} holds no text.")
            : new ArraySignal(new SignalHeader(name, SignalKind.Document, PixelType.UInt8, [new Axis("byte", bytes.Length, "", AxisRole.Index)], metadata, original), bytes);
    }
}
