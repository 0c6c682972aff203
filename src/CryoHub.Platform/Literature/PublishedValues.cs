namespace CryoHub.Platform.Literature;

/// <summary>
/// What has been published of metal electrodes and their interphases, as collected in the perspective EES Batteries 2026, doi:10.1039/d6eb00054a (CC BY 3.0); each row names the reference of that
/// paper it comes from. Read-only and the same for everybody: one's own numbers are drawn beside these.
/// </summary>
public static class PublishedValues
{
    public const string Source = "EES Batteries 2026, doi:10.1039/d6eb00054a";

    public static IReadOnlyList<PublishedValue> All { get; } =
    [
        new("Li", "liquid", "generic", "deposition time rising", "cryo-TEM", "crystalline domain size", 5, 50, "nm", "Li", 40) { Note = "order sets in while nuclei grow" },
        new("Na, K, Mg, Zn", "liquid", "generic", "earliest nucleation", "cryo-TEM", "glass-to-crystal transition", null, null, "", "", 40) { Note = "seen as in lithium" },
        new("Li", "liquid", "carbonate", "deposition capacity", "cryo-TEM", "capacity range with ball and dendrite coexisting", 0.05, 1.0, "mAh/cm²", "Li", 41) { Note = "balls are mostly amorphous, whiskers single crystals" },
        new("Li", "liquid", "carbonate", "dendrite growth", "cryo-TEM+SAED", "growth direction", null, null, "", "Li", 20) { Note = "⟨111⟩ before ⟨110⟩ and ⟨211⟩; kinks turn it" },
        new("Li", "liquid", "any", "ultrafast deposition outpacing SEI growth", "cryo-TEM", "morphology", null, null, "", "Li", 43) { Note = "rhombic dodecahedra whatever electrolyte and collector; their point contact leaves metal behind on stripping" },
        new("Li", "liquid", "any", "1 mA/cm²", "cryo-TEM", "morphology", 1, null, "mA/cm²", "Li", 43) { Note = "columns in close contact with the substrate; stripping leaves hollow shells" },
        new("Li", "liquid", "generic", "", "review", "SEI thickness", 5, 100, "nm", "", 44) { Note = "usual range" },
        new("Li", "liquid", "EC/DEC", "20 °C", "cryo-TEM", "SEI structure", null, null, "", "Li2O, Li2CO3, LiF", 20) { Note = "mosaic: nanocrystals in an organic matrix" },
        new("Li", "liquid", "EC/DEC+FEC", "20 °C", "cryo-TEM", "SEI structure", null, null, "", "Li2O", 20) { Note = "layers: organic next to the metal, inorganic outside" },
        new("Li", "liquid", "carbonate", "60 °C", "cryo-EM", "SEI thickness", 35, null, "nm", "Li2O", 46) { Note = "in layers" },
        new("Li", "liquid", "carbonate", "20 °C", "cryo-EM", "SEI thickness", 20, null, "nm", "", 46) { Note = "amorphous" },
        new("Li", "liquid", "carbonate", "60 °C", "electrochemistry", "coulombic efficiency", 99.3, null, "%", "", 46),
        new("Li", "liquid", "generic", "", "cryo-STEM-EELS", "phase", null, null, "", "LiH", 47) { Note = "also by synchrotron diffraction" },
        new("Li", "liquid", "4 M LiFSI in DME", "time series", "eCryo-EM", "SEI growth regime", null, null, "", "", 50) { Note = "limited by reaction first, by diffusion later" },
        new("Li", "solid", "LiPON", "thin-film cell", "cryo-S/TEM+EELS", "interphase thickness", 76, null, "nm", "Li2O, Li3N, Li3PO4", 54) { Note = "mosaic in layers; N and P fall off across it" },
        new("Li", "solid", "SN-SPE", "", "cryo-ET+EDX", "morphology", null, null, "", "", 55) { Note = "filaments that no interphase covers" },
        new("Li", "solid", "SN-SPE+FEC", "", "cryo-ET+EDX", "morphology", null, null, "", "Li2O, LiF", 55) { Note = "domes under a thin closed interphase: Li2O grains, LiF amorphous" },
        new("Li", "semi-solid", "polyamide (nylon) in base electrolyte", "", "cryo-TEM", "SEI thickness", 23, null, "nm", "Li2CO3, LiF, Li2O, Li3N", 62) { Note = "mosaic shell; the Li3N is dense and closed" },
        new("Na", "liquid", "concentrated phosphate", "nucleation", "cryo-TEM", "nucleus size", 4, 10, "nm", "Na", 65) { Note = "around an embryo, in an amorphous matrix" },
        new("Na", "liquid", "concentrated phosphate", "nucleation", "cryo-TEM", "embryo size", 30, null, "nm", "Na", 65),
        new("Na", "liquid", "concentrated phosphate", "nucleation", "cryo-TEM", "SEI thickness", 6, 10, "nm", "", 65) { Note = "amorphous" },
        new("Na", "liquid", "NaPF6-EC/DMC/FEC", "1 to 10 cycles", "cryo-TEM", "SEI thickness", 30, null, "nm", "NaF, Na3PO4", 67) { Note = "NaF-rich and amorphous outside, like Na3PO4 inside; does not grow over the cycles" },
        new("Na", "liquid", "NaPF6-EC/DMC", "10 cycles", "cryo-TEM", "SEI thickness", 300, null, "nm", "Na3PO4, Na2CO3", 67) { Bound = "up to", Note = "unstable; rods of single-crystal Na3PO4" },
        new("Na", "liquid", "NaPF6-PC-FEC", "", "cryo-TEM", "SEI thickness", 40, null, "nm", "NaF, Na2CO3, Na2O, Na3PO4", 68) { Note = "mosaic" },
        new("Na", "liquid", "", "-40 °C", "cryo-HRTEM", "crystallite area", 191, null, "nm²", "Na2CO3, Na2O, Na2SO4", 72) { Deviation = 24 },
        new("Na", "liquid", "", "20 °C", "cryo-HRTEM", "crystallite area", 306, null, "nm²", "Na2CO3, Na2O, Na2SO4", 72) { Deviation = 43 },
        new("Na", "solid", "NZMSP with Na3P skeleton", "", "cryo-TEM", "d-spacing (110)", 0.247, null, "nm", "Na3P", 73),
        new("Na", "solid", "composite PVDF-HFP", "", "cryo-TEM", "phase", null, null, "", "Na2O, Na2CO3, NaF", 74) { Note = "mosaic, highly crystalline" },
        new("Na", "semi-solid", "PBA in 1 M NaFSI PC FEC", "", "cryo-TEM", "phase", null, null, "", "NaF, Na2S", 75) { Note = "dense deposit of large grains" },
        new("K", "liquid", "KFSI-TEP", "8 e/Å²/s for 10 s", "cryo-TEM+EDX+EELS", "SEI thickness", 300, null, "nm", "KPO3, K2O, KO2, K2SO4, K2S2O4", 77) { Bound = "about", Note = "very uneven" },
        new("K", "liquid", "KFSI-TEP", "low dose", "cryo-TEM", "fluence", 80, null, "e/Å²", "", 77) { Note = "8 e/Å²/s for 10 s" },
        new("K", "liquid", "on Sn9O2/SnS2 scaffold", "", "cryo-TEM", "SEI thickness", 16, null, "nm", "K2SO3, K2CO3, K2S, K2O, KF", 83) { Note = "many salts at once" },
        new("Zn", "liquid", "DMMP", "", "cryo-STEM on FIB lamella", "SEI thickness", 300, null, "nm", "Zn3(PO4)2, ZnP2O6", 84) { Note = "dense, even; crystals in an amorphous matrix" },
        new("Ca", "liquid", "Ca(BH4)2-THF", "", "cryo-STEM EELS+SAED", "phase", null, null, "", "Ca, CaH2, CaO", 85) { Note = "uneven oxides; CaH2 beside the metal" },
        new("Mg", "liquid", "Mg(B(hfip)4)2", "", "cryo-TEM", "lattice plane", null, null, "", "Mg", 86) { Note = "(101) fringes, no even interphase" },
        new("Ca", "liquid", "Ca(B(hfip)4)2", "", "cryo-TEM", "phase", null, null, "", "CaCO3, CaF2, CaH2", 86) { Note = "spheres under an amorphous layer" },
        new("alloy", "solid", "lithiated InSnBi", "", "cryo-TEM+EDX", "ionic conductivity", 2, null, "mS/cm", "Li3Bi, Li-Sn, Li-In", 91) { Bound = "above", Note = "amorphous Li-Sn and Li-In around nanocrystals of Li3Bi" },
        new("alloy", "solid", "In with Li6PS5Cl", "first cycle", "cryo-FIB-SEM", "coulombic efficiency", 99.3, null, "%", "LiIn", 92),
        new("alloy", "solid", "Na-K with NASICON", "cycled", "cryo-HRTEM", "phase", null, null, "", "Na2O, NaO2, Na4P2O7, NaPO3, Na2ZrSi3O10", 93) { Note = "Na2O lies outermost" },
        new("anode-free", "liquid", "Cu current collector", "after first discharge", "cryo-TEM", "SEI thickness", 6, null, "nm", "", 94),
        new("anode-free", "liquid", "Cu current collector", "after full charge and discharge", "cryo-TEM", "SEI thickness", 14, null, "nm", "", 94),
        new("anode-free", "solid", "Cu with Ag or Au", "cryo-FIB", "cryo-FIB-SEM", "milling temperature", -145, null, "°C", "", 95) { Note = "milling at room temperature distorts the deposit" },
        new("anode-free", "solid", "Li6PS5Cl, LLZO, NZSP", "", "cryo-FIB+EBSD", "grain size", 20, 150, "µm", "Li, Na", 97),
        new("anode-free", "liquid", "Na on Zn-coated Al", "", "cryo-TEM", "SEI thickness", 18, null, "nm", "NaF, Na2CO3, ZnF2, NaZn13", 98) { Note = "even, with a sharp boundary" },
        new("Li", "any", "", "300 kV", "damage series", "critical fluence of mass loss", 100_000, null, "e/Å²", "Li", 48) { Note = "metal; turns into oxides" },
        new("Li", "any", "", "300 kV", "damage series", "critical fluence of mass loss", 10_000, null, "e/Å²", "Li2O2, LiOH", 48) { Note = "turn into Li2O later" },
        new("Li", "any", "", "300 kV", "damage series", "critical fluence of mass loss", 10_000, null, "e/Å²", "electrolyte", 48) { Note = "of the electrolyte" },
        new("any", "solid", "", "cell operation", "cell", "stack pressure", 10, 50, "MPa", "", null),
        new("any", "any", "", "imaging", "microscope", "specimen temperature", 80, 100, "K", "", null),
    ];

    /// <summary>Those that state a number, by what they measure.</summary>
    public static IEnumerable<IGrouping<string, PublishedValue>> ByQuantity => All.Where(value => value.Low is not null).GroupBy(value => value.Quantity);
}
