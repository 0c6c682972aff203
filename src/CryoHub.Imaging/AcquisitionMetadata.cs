namespace CryoHub.Imaging;

/// <summary>The normalised keys of the command line's contract. What the file does not state is <c>null</c>, never guessed.</summary>
public sealed record AcquisitionMetadata
{
    public static AcquisitionMetadata None { get; } = new();

    public double? BeamEnergyKeV { get; init; }

    public double? Magnification { get; init; }

    public double? ExposureS { get; init; }

    /// <summary>As stored in the file, ISO 8601 without an added time zone.</summary>
    public string? AcquiredAt { get; init; }

    public string? Instrument { get; init; }

    public string? Detector { get; init; }

    public double? TiltDeg { get; init; }

    /// <summary>Angle of the tilt axis against the image's y axis, counter-clockwise, in degrees.</summary>
    public double? TiltAxisDeg { get; init; }

    /// <summary>Angle at which the electron beam meets a face that the ion beam has milled, in degrees; 90 where the microscope has stretched the image already.</summary>
    public double? FaceAngleDeg { get; init; }

    public double? ConvergenceMrad { get; init; }

    public double? CollectionMrad { get; init; }

    /// <summary>Electrons per square angstrom.</summary>
    public double? FluenceEPerA2 { get; init; }

    /// <summary>Chemical symbols that the file lists.</summary>
    public IReadOnlyList<string>? Elements { get; init; }
}
