namespace Threadwell.Storage.Keeping;

/// <summary>How far a backup, a restore or a check has come.</summary>
/// <param name="Fraction">From 0 to 1.</param>
/// <param name="Doing">What it does now, in a few words.</param>
public readonly record struct KeepingProgress(double Fraction, string Doing);
