using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Edax;

/// <summary>Description of the image that belongs to a map (ImageIPR, EDAX); versions 333 and 334.</summary>
internal sealed class IprHeader
{
    private const int MostBytes = 4096;

    private const string Layout =
        "version u2, imageType u2, label s8, sMin u2, sMax u2, color u2, presetMode u2, presetTime u4, dataType u2, timeConstantOld u2, reserved1 i2, roiStartChan u2, "
        + "roiEndChan u2, userMin i2, userMax i2, iADC u2, reserved2 i2, iBits u2, nReads u2, nFrames u2, fDwell f4, accV u2, tilt i2, takeoff i2, mag u4, wd u2, mppX f4, "
        + "mppY f4, nTextLines u2, charText s32*4, reserved3 f4*4, nOverlayElements u2, overlayColors u2*16, timeConstantNew f4, reserved4 f4*2";

    private IprHeader(JsonObject fields) => Original = fields;

    public JsonObject Original { get; }

    public double? Magnification => Original.Positive("mag");

    public static async Task<IprHeader?> ReadAsync(IByteSource? file, CancellationToken ct) =>
        file is null ? null : new IprHeader(new BlockReader(await file.ReadBlockAsync(0, Math.Min(MostBytes, file.Length), ct)).Fields(Layout));

    /// <summary>The file states micrometres a pixel.</summary>
    public Axis Axis(string name, long size) => Original.Positive(name == "x" ? "mppX" : "mppY") is { } step
        ? new Axis(name, size, "µm", AxisRole.Space, step)
        : new Axis(name, size, "", AxisRole.Space);
}
