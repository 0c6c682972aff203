using CryoHub.Formats.Dectris;
using CryoHub.Formats.Dm5;
using CryoHub.Formats.Emd;
using CryoHub.Formats.H5Ebsd;
using CryoHub.Formats.HyperSpy;
using CryoHub.Formats.Nexus;
using CryoHub.Formats.Topspin;
using CryoHub.Formats.Topostats;

namespace CryoHub.Formats.Hdf5;

/// <summary>Every dialect of HDF5 in the order in which it is asked; the last knows every file.</summary>
internal static class Hdf5Dialects
{
    public static IReadOnlyList<IHdf5Dialect> All { get; } =
    [
        new HspyDialect(),
        new EmdDialect(),
        new Dm5Dialect(),
        new DectrisDialect(),
        new TopspinDialect(),
        new OinaDialect(),
        new EbsdDialect(),
        new TopostatsDialect(),
        new NexusDialect(),
        new PlainDialect(),
    ];
}
