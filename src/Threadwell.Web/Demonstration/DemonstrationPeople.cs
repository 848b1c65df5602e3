using Threadwell.Anatomy;

namespace Threadwell.Web.Demonstration;

/// <summary>How far a made-up patient has come on the path.</summary>
internal enum DemonstrationStage
{
    /// <summary>A name and a birth date.</summary>
    Opened,

    /// <summary>She has answered; a doctor has not looked yet.</summary>
    Answered,

    /// <summary>Accepted as possible; photos are missing.</summary>
    Assessed,

    /// <summary>She asked for what threads are not for.</summary>
    Refused,

    /// <summary>Referred for surgical advice.</summary>
    Referred,

    /// <summary>Not now.</summary>
    Postponed,

    /// <summary>Photos are there, the scan waits for its plan.</summary>
    Scanned,

    /// <summary>Plan and prediction are there; consent waits.</summary>
    Predicted,

    /// <summary>Consent signed, treatment booked for tomorrow.</summary>
    Booked,

    /// <summary>Treated some days ago.</summary>
    TreatedLately,

    /// <summary>Treated months ago.</summary>
    TreatedLongAgo,
}

/// <summary>A made-up patient.</summary>
/// <param name="Name">Her name.</param>
/// <param name="Age">Age in years today.</param>
/// <param name="Sex">Sex.</param>
/// <param name="Phone">A number; those that begin 0900 000 belong to nobody.</param>
/// <param name="Stage">How far she has come.</param>
/// <param name="DaysAgo">Days since her record was opened.</param>
internal sealed record DemonstrationPerson(string Name, int Age, Sex Sex, string Phone, DemonstrationStage Stage, int DaysAgo);

/// <summary>The patients of the demonstration: one at every stage of the path.</summary>
internal static class DemonstrationPeople
{
    /// <summary>The one whose account can be signed in to.</summary>
    public const string WithAccount = "Trần Thị Mai";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DemonstrationPerson> All { get; } =
    [
        new("Nguyễn Thị Lan", 45, Sex.Female, "0900 000 101", DemonstrationStage.Opened, 0),
        new("Phạm Văn Đức", 52, Sex.Male, "0900 000 102", DemonstrationStage.Answered, 1),
        new("Lê Thị Hồng", 39, Sex.Female, "0900 000 103", DemonstrationStage.Assessed, 4),
        new("Hoàng Thu Trang", 34, Sex.Female, "0900 000 104", DemonstrationStage.Refused, 6),
        new("Vũ Thị Nga", 66, Sex.Female, "0900 000 105", DemonstrationStage.Referred, 9),
        new("Đặng Minh Châu", 31, Sex.Female, "0900 000 106", DemonstrationStage.Postponed, 12),
        new("Bùi Thị Thuỷ", 50, Sex.Female, "0900 000 107", DemonstrationStage.Scanned, 8),
        new(WithAccount, 52, Sex.Female, "0900 000 108", DemonstrationStage.Predicted, 10),
        new("Đỗ Thị Hạnh", 55, Sex.Female, "0900 000 109", DemonstrationStage.Booked, 20),
        new("Ngô Quốc Việt", 61, Sex.Male, "0900 000 110", DemonstrationStage.TreatedLately, 35),
        new("Lý Thị Kim", 48, Sex.Female, "0900 000 111", DemonstrationStage.TreatedLongAgo, 230),
    ];
}
