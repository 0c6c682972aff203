using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra;

/// <summary>Spectra of a second input that belong to those of a cube: pixel by pixel, or one for all.</summary>
internal sealed class CompanionSpectra
{
    private readonly float[] single;

    private CompanionSpectra(SpectrumCube cube, float[] single) => (Cube, this.single) = (cube, single);

    public SpectrumCube Cube { get; }

    /// <summary>True where one spectrum stands for all pixels.</summary>
    public bool IsSingle => single.Length > 0;

    /// <summary>Numbers of one row of companions.</summary>
    public int RowLength => IsSingle ? 0 : Cube.Columns * Cube.Channels;

    /// <exception cref="ProblemException">It has neither the pixels of <paramref name="cube"/> nor one alone.</exception>
    public static async Task<CompanionSpectra> OpenAsync(SpectrumCube companion, SpectrumCube cube, CancellationToken ct)
    {
        if (companion.Pixels == 1)
        {
            var single = new float[companion.Channels];
            await companion.ReadRowAsync(0, single, ct);
            return new CompanionSpectra(companion, single);
        }

        return companion.Rows == cube.Rows && companion.Columns == cube.Columns
            ? new CompanionSpectra(companion, [])
            : throw ProblemException.Invalid($"\"{companion.Header.Name}\" has {companion.Columns} x {companion.Rows} pixels; one spectrum, or the {cube.Columns} x {cube.Rows} of \"{cube.Header.Name}\", was expected.");
    }

    public ValueTask ReadAsync(int row, Memory<float> spectra, CancellationToken ct) => IsSingle ? ValueTask.CompletedTask : Cube.ReadRowAsync(row, spectra, ct);

    /// <summary>The companion of column <paramref name="x"/> in a row that was read.</summary>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> row, int x) => IsSingle ? single : row.Slice(x * Cube.Channels, Cube.Channels);
}
