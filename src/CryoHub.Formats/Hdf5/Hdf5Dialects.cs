using CryoHub.Formats.Emd;
using CryoHub.Formats.HyperSpy;

namespace CryoHub.Formats.Hdf5;

/// <summary>Every dialect of HDF5 in the order in which it is asked; the last knows every file.</summary>
internal static class Hdf5Dialects
{
    public static IReadOnlyList<IHdf5Dialect> All { get; } =
    [
        new HspyDialect(),
        new EmdDialect(),
        new PlainDialect(),
    ];
}
