namespace Threadwell.Biology;

/// <summary>A thread at one time; every number is relative to day 0 and lies in 0 to 1.</summary>
/// <param name="MolarMassRatio">Number-average molar mass.</param>
/// <param name="Strength">Load at which the thread breaks.</param>
/// <param name="Stiffness">Elastic modulus of the polymer, while a piece of it holds together.</param>
/// <param name="Mass">Mass, and with it the cross-section.</param>
/// <param name="EffectiveStiffness">
/// Axial stiffness of the thread as a cable: modulus times section times the share of the thread that is still in one piece. This is the
/// number that mechanics needs; it reaches zero when the strength is gone, even while modulus and mass of the pieces remain.
/// </param>
public readonly record struct PolymerState(double MolarMassRatio, double Strength, double Stiffness, double Mass, double EffectiveStiffness);
