namespace Threadwell.Prediction;

/// <summary>What a suction probe reads in one cycle of suction and rest. Heights of the dome in mm.</summary>
/// <param name="ImmediateMm">Ue: height shortly after the suction begins.</param>
/// <param name="FinalMm">Uf: height at its end.</param>
/// <param name="RecoiledMm">Ur: what has gone back shortly after it ends.</param>
/// <param name="RecoveredMm">Ua: what has gone back at the end of the rest.</param>
internal readonly record struct SuctionReadings(double ImmediateMm, double FinalMm, double RecoiledMm, double RecoveredMm)
{
    /// <summary>R2 = Ua/Uf, gross elasticity: 1 where nothing of the dome is left.</summary>
    public double R2 => RecoveredMm / FinalMm;

    /// <summary>R5 = Ur/Ue, net elasticity.</summary>
    public double R5 => RecoiledMm / ImmediateMm;

    /// <summary>R7 = Ur/Uf, biological elasticity.</summary>
    public double R7 => RecoiledMm / FinalMm;
}
