using Threadwell.Care.Rules;

namespace Threadwell.Care.Outcomes;

/// <summary>Something in the technique that may have led to a complication.</summary>
/// <param name="Id">Name by which a record keeps it.</param>
/// <param name="Text">What it was.</param>
public sealed record TechniqueDeparture(string Id, Wording Text);

/// <summary>Departures from technique to which a complication may be tied (M10): displacement, exposure and infection come with wrong technique and lacking sterility.</summary>
public static class TechniqueDepartures
{
    /// <summary>"None is known": it excludes the others.</summary>
    public const string NoneKnown = "noneKnown";

    /// <summary>The departures in the order in which they are asked.</summary>
    public static IReadOnlyList<TechniqueDeparture> All { get; } =
    [
        new("tooSuperficial", new("Thread too close under the skin", "Chỉ nằm quá nông dưới da")),
        new("tooDeep", new("Thread too deep", "Chỉ nằm quá sâu")),
        new("wrongPlane", new("Thread changed its plane on the way", "Chỉ đi lệch lớp mô")),
        new("endTooNearSkin", new("End of the thread left too near to the entry", "Đầu chỉ để quá gần lỗ vào")),
        new("uncleanField", new("Entry through skin or hair that was not clean", "Vào qua vùng da hoặc tóc chưa sạch")),
        new("sterilityBroken", new("A step of sterility was broken or left out", "Có bước vô khuẩn bị bỏ sót hoặc bị phá vỡ")),
        new("overTension", new("Too much pull", "Kéo căng quá mức")),
        new("barbNotEngaged", new("Barbs did not take hold", "Gai không bám")),
        new("throughVessel", new("A vessel was met on the way", "Chạm mạch máu trên đường đi")),
        new(NoneKnown, new("None is known", "Chưa thấy sai sót nào")),
    ];

    /// <summary>A departure by its identifier; null for none.</summary>
    public static TechniqueDeparture? Find(string id) => All.FirstOrDefault(departure => departure.Id == id);
}
