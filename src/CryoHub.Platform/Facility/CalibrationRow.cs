namespace CryoHub.Platform.Facility;

/// <param name="ValidUntil">When the next one of the same mode, detector and magnification took over; <c>null</c> while it is the newest.</param>
public sealed record CalibrationRow(
    Guid Id, string Mode, string Detector, double Magnification, string Pixel, double PixelMetres, double? UncertaintyPercent, string Standard, DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil,
    string RecordedBy);
