using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Formats.Edax;

/// <summary>Head of a spectrum file, which also calibrates a map of the same name (SPECTRUM-V70, EDAX).</summary>
internal sealed class SpcHeader
{
    /// <summary>Bytes in front of the counts.</summary>
    public const int HeadBytes = 3840;

    private const string Layout =
        "fVersion f4, aVersion f4, fileName s8, collectDateYear i2, collectDateDay u1, collectDateMon u1, collectTimeMin u1, collectTimeHour u1, collectTimeHund u1, "
        + "collectTimeSec u1, fileSize i4, dataStart i4, numPts i2, intersectingDist i2, workingDist i2, scaleSetting i2, x24, spectrumLabel s256, imageFilename s8, "
        + "spotX i2, spotY i2, imageADC i2, discrValues i4*5, discrEnabled u1*5, pileupProcessed u1, fpgaVersion i4, pileupProcVersion i4, NB5000CFG i4, x12, "
        + "evPerChan i4, ADCTimeConstant i2, analysisType i2, preset f4, maxp i4, maxPeakCh i4, xRayTubeZ i2, filterZ i2, current f4, sampleCond i2, sampleType i2, "
        + "xrayCollimator u2, xrayCapilaryType u2, xrayCapilarySize u2, xrayFilterThickness u2, spectrumSmoothed u2, detector_Size_SiLi u2, spectrumReCalib u2, "
        + "eagleSystem u2, sumPeakRemoved u2, edaxSoftwareType u2, x6, escapePeakRemoved u2, analyzerType u4, startEnergy f4, endEnergy f4, liveTime f4, tilt f4, "
        + "takeoff f4, beamCurFact f4, detReso f4, detectType u4, parThick f4, alThick f4, beWinThick f4, auThick f4, siDead f4, siLive f4, xrayInc f4, azimuth f4, "
        + "elevation f4, bCoeff f4, cCoeff f4, tailMax f4, tailHeight f4, kV f4, apThick f4, xTilt f4, yTilt f4, yagStatus u4, x24, rawDataType u2, totalBkgdCount f4, "
        + "totalSpectralCount u4, avginputCount f4, stdDevInputCount f4, peakToBack u2, peakToBackValue f4, x38, numElem i2, at u2*48, line u2*48, energy f4*48, "
        + "height u4*48, spkht i2*48, x30, numRois i2, st i2*48, end i2*48, roiEnable i2*48, roiNames s8*24, x1, userID s80, x111, sRoi i2*48, scaNum i2*48, x12, "
        + "backgrdWidth i2, manBkgrdPerc f4, numBkgrdPts i2, backMethod u4, backStEng f4, backEndEng f4, bg i2*64, bgType u4, concenKev1 f4, concenKev2 f4, "
        + "concenMethod i2, jobFilename s32, x16, numLabels i2, label s32*10, labelx i2*10, labely i4*10, zListFlag i4, bgPercents f4*64, IswGBg i2, BgPoints f4*5, "
        + "IswGConc i2, numConcen i2, ZList i2*24, GivenConc f4*24";

    private readonly JsonObject fields;

    private SpcHeader(JsonObject fields) => this.fields = fields;

    public JsonObject Original => (JsonObject)fields.DeepClone();

    public long DataStart => fields.Integer("dataStart");

    public long Points => fields.Integer("numPts");

    public AcquisitionMetadata Metadata => new()
    {
        BeamEnergyKeV = fields.Positive("kV"),
        ExposureS = fields.Positive("liveTime"),
        TiltDeg = fields.Number("tilt"),
        AcquiredAt = Moment,
        Elements = Elements,
    };

    private IReadOnlyList<string>? Elements
    {
        get
        {
            var count = (int)Math.Clamp(fields.Integer("numElem"), 0, 48);
            var symbols = fields["at"]!.AsArray().Take(count).Select(number => ChemicalSymbols.Of((ushort)number!)).OfType<string>();
            return symbols.Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } list ? list : null;
        }
    }

    private string? Moment
    {
        get
        {
            var (year, month, day) = ((int)fields.Integer("collectDateYear"), (int)fields.Integer("collectDateMon"), (int)fields.Integer("collectDateDay"));
            var (hour, minute, second) = ((int)fields.Integer("collectTimeHour"), (int)fields.Integer("collectTimeMin"), (int)fields.Integer("collectTimeSec"));
            return year is > 1900 and < 3000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
                ? $"{year:0000}-{month:00}-{day:00}T{hour:00}:{minute:00}:{second:00}"
                : null;
        }
    }

    /// <summary>Reads the head in front of the counts.</summary>
    public static SpcHeader Parse(byte[] head) => head.Length >= HeadBytes
        ? new SpcHeader(new BlockReader(head).Fields(Layout))
        : throw ProblemException.Unreadable($"An EDAX spectrum begins with a head of {HeadBytes} bytes; the file holds {head.Length}.");

    public Axis Energy(long channels) => fields.Positive("evPerChan") is { } step
        ? new Axis("Energy", channels, "keV", AxisRole.Energy, step / 1000, fields.Number("startEnergy") ?? 0)
        : new Axis("Energy", channels, "", AxisRole.Energy);
}
