namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>The oxide in which minerals and glasses are stated.</summary>
internal static class Oxide
{
    private static readonly Dictionary<string, (string Formula, int Cations, int Oxygens)> Usual = new()
    {
        ["B"] = ("B2O3", 2, 3),
        ["Na"] = ("Na2O", 2, 1),
        ["Mg"] = ("MgO", 1, 1),
        ["Al"] = ("Al2O3", 2, 3),
        ["Si"] = ("SiO2", 1, 2),
        ["P"] = ("P2O5", 2, 5),
        ["S"] = ("SO3", 1, 3),
        ["K"] = ("K2O", 2, 1),
        ["Ca"] = ("CaO", 1, 1),
        ["Sc"] = ("Sc2O3", 2, 3),
        ["Ti"] = ("TiO2", 1, 2),
        ["V"] = ("V2O5", 2, 5),
        ["Cr"] = ("Cr2O3", 2, 3),
        ["Mn"] = ("MnO", 1, 1),
        ["Fe"] = ("FeO", 1, 1),
        ["Co"] = ("CoO", 1, 1),
        ["Ni"] = ("NiO", 1, 1),
        ["Cu"] = ("CuO", 1, 1),
        ["Zn"] = ("ZnO", 1, 1),
        ["Ga"] = ("Ga2O3", 2, 3),
        ["Ge"] = ("GeO2", 1, 2),
        ["Rb"] = ("Rb2O", 2, 1),
        ["Sr"] = ("SrO", 1, 1),
        ["Y"] = ("Y2O3", 2, 3),
        ["Zr"] = ("ZrO2", 1, 2),
        ["Nb"] = ("Nb2O5", 2, 5),
        ["Mo"] = ("MoO3", 1, 3),
        ["Ag"] = ("Ag2O", 2, 1),
        ["In"] = ("In2O3", 2, 3),
        ["Sn"] = ("SnO2", 1, 2),
        ["Sb"] = ("Sb2O3", 2, 3),
        ["Cs"] = ("Cs2O", 2, 1),
        ["Ba"] = ("BaO", 1, 1),
        ["La"] = ("La2O3", 2, 3),
        ["Ce"] = ("CeO2", 1, 2),
        ["Nd"] = ("Nd2O3", 2, 3),
        ["Gd"] = ("Gd2O3", 2, 3),
        ["Hf"] = ("HfO2", 1, 2),
        ["Ta"] = ("Ta2O5", 2, 5),
        ["W"] = ("WO3", 1, 3),
        ["Pb"] = ("PbO", 1, 1),
        ["Bi"] = ("Bi2O3", 2, 3),
    };

    /// <summary>Formula and atoms of oxygen for one of the element; <c>null</c> where no oxide is usual.</summary>
    public static (string Formula, double Oxygens)? Of(string symbol) =>
        Usual.TryGetValue(symbol, out var oxide) ? (oxide.Formula, (double)oxide.Oxygens / oxide.Cations) : null;
}
