using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Impedance;

/// <summary>Impedance over frequency: complex numbers on an axis that is not linear. Rows without a positive frequency were taken at direct current and are left out.</summary>
internal static class ImpedanceSpectrum
{
    /// <param name="name">Name of the signal.</param>
    /// <param name="columns">The table it is taken from.</param>
    /// <param name="frequency">Name of the column of frequencies, in Hz.</param>
    /// <param name="real">Name of the column of real parts.</param>
    /// <param name="imaginary">Name of the column of imaginary parts, negative for a capacitor.</param>
    /// <param name="unit">Unit of the impedance; empty where the file states none.</param>
    /// <param name="metadata">Normalised metadata.</param>
    /// <param name="original">Everything the file says.</param>
    public static ISignal Of(string name, IReadOnlyList<TableColumn> columns, string frequency, string real, string imaginary, string unit, AcquisitionMetadata metadata, MetadataTree original) =>
        Of(name, Numbers(columns, frequency), Numbers(columns, real), Numbers(columns, imaginary), "Hz", unit, metadata, original);

    public static ISignal Of(
        string name, IReadOnlyList<double> frequency, IReadOnlyList<double> real, IReadOnlyList<double> imaginary, string frequencyUnit, string unit, AcquisitionMetadata metadata, MetadataTree original)
    {
        var rows = Enumerable.Range(0, frequency.Count).Where(row => frequency[row] > 0 && double.IsFinite(real[row]) && double.IsFinite(imaginary[row])).ToArray();
        if (rows.Length == 0)
        {
            throw ProblemException.Unreadable($"None of the {frequency.Count} rows of {name} has a frequency and an impedance.");
        }

        var values = new double[2 * rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            (values[2 * i], values[(2 * i) + 1]) = (real[rows[i]], imaginary[rows[i]]);
        }

        var axis = new Axis("frequency", rows.Length, frequencyUnit, AxisRole.Channel, Values: [.. rows.Select(row => frequency[row])]);
        var header = new SignalHeader(name, SignalKind.Spectrum, PixelType.Complex128, [axis], metadata, original) { ValueUnit = unit };
        return new ArraySignal(header, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }

    private static IReadOnlyList<double> Numbers(IReadOnlyList<TableColumn> columns, string name) =>
        columns.FirstOrDefault(column => column.Column.Name == name && column.Column.Words is null)?.Numbers
        ?? throw ProblemException.Unreadable($"The table has no column of numbers named {name}: {string.Join(", ", columns.Select(column => column.Column.Name).Take(12))}.");
}
