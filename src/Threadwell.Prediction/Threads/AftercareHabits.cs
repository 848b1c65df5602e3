using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Which of the things that aftercare advises against (mission M12, M13) are done all the same in the first weeks.</summary>
/// <param name="EarlyMovement">Strong movement of the area.</param>
/// <param name="Massage">Massage, rubbing or strong pressure.</param>
/// <param name="Heat">Sauna, steam, hot water or high heat.</param>
public sealed record AftercareHabits(bool EarlyMovement, bool Massage, bool Heat)
{
    /// <summary>The habits that a degree of aftercare stands for.</summary>
    /// <param name="aftercare">How well aftercare is followed.</param>
    public static AftercareHabits Of(AftercareAdherence aftercare) => aftercare switch
    {
        AftercareAdherence.AsAdvised => new AftercareHabits(false, false, false),
        AftercareAdherence.Partial => new AftercareHabits(true, false, false),
        AftercareAdherence.Poor => new AftercareHabits(true, true, true),
        _ => throw new ArgumentOutOfRangeException(nameof(aftercare), aftercare, null),
    };
}
