using System.Buffers;
using NodaTime;

namespace Threadwell.Care.Udi;

/// <summary>Reads barcodes of the HIBC supplier standard (ANSI/HIBC 2.6): primary, secondary and concatenated data structures.</summary>
internal static class HibcReader
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    private const int LongestNumber = 18;

    private static readonly SearchValues<char> Encodable = SearchValues.Create(Alphabet);
    private static readonly SearchValues<char> OfProduct = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly SearchValues<char> OfNumber = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.");

    /// <summary>The check character of a text: the sum of the characters' values, modulo 43 (ANSI/HIBC 2.6, appendix B).</summary>
    public static char CheckCharacter(ReadOnlySpan<char> text)
    {
        int sum = 0;
        foreach (char character in text)
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal);
        }

        return Alphabet[sum % Alphabet.Length];
    }

    /// <summary>Reads the barcodes of one device.</summary>
    /// <exception cref="UdiException">A defect, with its place.</exception>
    public static DeviceIdentification Read(IReadOnlyList<UdiScan> scans, LocalDate today)
    {
        HibcFields? primary = null;
        char link = default;
        var fields = new HibcFields();
        var secondaries = new List<(UdiScan Scan, char Link, string Body)>();
        foreach (UdiScan scan in scans)
        {
            string text = Checked(scan);
            if (char.IsAsciiLetterUpper(text[1]))
            {
                HibcFields here = Primary(scan, text[..^1], today);
                if (primary is not null && primary.Device != here.Device)
                {
                    throw scan.Defect(1, "two barcodes name different products.", "hai mã vạch ghi hai sản phẩm khác nhau.");
                }

                (primary, link) = (here, text[^1]);
                fields.Merge(scan, here);
            }
            else if (char.IsAsciiDigit(text[1]) || text[1] == '$')
            {
                if (text.Length < 4)
                {
                    throw scan.Defect(text.Length, "a secondary barcode ends with a link and a check character.", "mã phụ phải kết thúc bằng ký tự liên kết và ký tự kiểm tra.");
                }

                secondaries.Add((scan, text[^2], text[1..^2]));
            }
            else
            {
                throw scan.Defect(1, "after '+' a supplier's code begins with a letter, a digit or '$'; this is another kind of HIBC.", "sau '+', mã nhà cung cấp bắt đầu bằng chữ cái, chữ số hoặc '$'; đây là loại HIBC khác.");
            }
        }

        if (primary is null)
        {
            throw new UdiException(1, null, "this is the second part of an HIBC code; scan the first part (with the product) too.", "đây là phần thứ hai của mã HIBC; hãy quét cả phần thứ nhất (có sản phẩm).");
        }

        foreach ((UdiScan scan, char itsLink, string body) in secondaries)
        {
            if (itsLink != link)
            {
                throw scan.Defect(scan.Text.Length - 2, $"the link character is '{itsLink}', but the first part ends with '{link}': the two do not belong together.", $"ký tự liên kết là '{itsLink}', nhưng phần thứ nhất kết thúc bằng '{link}': hai mã không đi cùng nhau.");
            }

            fields.Merge(scan, Parts(scan, body, 1, today));
        }

        string whole = "+" + string.Join('/', secondaries.Select(secondary => secondary.Body).Prepend(primary.Body).Where(part => part.Length > 0));
        return new DeviceIdentification
        {
            Agency = IssuingAgency.Hibc,
            DeviceIdentifier = primary.Device!,
            Lot = fields.Lot,
            Serial = fields.Serial,
            Expiry = fields.Expiry,
            Produced = fields.Produced,
            Quantity = fields.Quantity,
            Other = fields.Other,
            Text = whole + CheckCharacter(whole),
        };
    }

    private static string Checked(UdiScan scan)
    {
        // Printed for people, a blank check character is shown as an underscore.
        string text = scan.Text.Length > 1 && scan.Text[^1] == '_' ? scan.Text[..^1] + ' ' : scan.Text;
        int wrong = text.AsSpan().IndexOfAnyExcept(Encodable);
        if (wrong >= 0)
        {
            throw scan.Defect(wrong, "this character does not occur in HIBC codes (capital letters, digits and - . $ / + %).", "ký tự này không có trong mã HIBC (chữ in hoa, chữ số và - . $ / + %).");
        }

        if (text.Length < 3)
        {
            throw scan.Defect(text.Length, "the code ends too early.", "mã bị thiếu.");
        }

        char check = CheckCharacter(text.AsSpan(0, text.Length - 1));
        return check == text[^1] ? text : throw scan.Defect(
            text.Length - 1, $"the check character is '{text[^1]}', but must be '{check}': a character is wrong or missing.", $"ký tự kiểm tra là '{text[^1]}', phải là '{check}': có ký tự sai hoặc thiếu.");
    }

    private static HibcFields Primary(UdiScan scan, string text, LocalDate today)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string product = slash < 0 ? text[1..] : text[1..slash];
        int wrong = product.AsSpan().IndexOfAnyExcept(OfProduct);
        if (wrong >= 0)
        {
            throw scan.Defect(1 + wrong, "labeler and product number are made of capital letters and digits.", "mã nhà sản xuất và số sản phẩm chỉ gồm chữ in hoa và chữ số.");
        }

        if (product.Length is < 6 or > 4 + LongestNumber + 1)
        {
            throw scan.Defect(1 + Math.Min(product.Length, 4 + LongestNumber + 1), $"a labeler of 4 characters, a product number of 1 to {LongestNumber} and a unit of measure are needed.", $"cần mã nhà sản xuất 4 ký tự, số sản phẩm 1 đến {LongestNumber} ký tự và đơn vị đóng gói.");
        }

        if (!char.IsAsciiDigit(product[^1]))
        {
            throw scan.Defect(product.Length, "the unit of measure is a digit.", "đơn vị đóng gói phải là chữ số.");
        }

        HibcFields fields = slash < 0 ? new HibcFields() : Parts(scan, text[(slash + 1)..], slash + 1, today);
        fields.Device = product;
        fields.Body = text[1..];
        return fields;
    }

    // The secondary data structure and what is added to it, each after a slash.
    private static HibcFields Parts(UdiScan scan, string body, int at, LocalDate today)
    {
        var fields = new HibcFields();
        int from = at;
        foreach (string part in body.Split('/'))
        {
            if (part.Length == 0)
            {
                throw scan.Defect(from, "there is nothing between two slashes.", "không có gì giữa hai dấu gạch chéo.");
            }

            if (part[0] == '$' || (from == at && part.Length >= 5 && part.AsSpan(0, 5).IndexOfAnyExceptInRange('0', '9') < 0))
            {
                fields.Merge(scan, Secondary(scan, part, from, today));
            }
            else
            {
                fields.Merge(scan, Supplement(scan, part, from));
            }

            from += part.Length + 1;
        }

        return fields;
    }

    private static HibcFields Secondary(UdiScan scan, string part, int from, LocalDate today)
    {
        var fields = new HibcFields();
        int at = 0;
        bool serial = false;
        string Take(int count, string what, string whatVi)
        {
            int digits = part.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? part.Length - at : digits;
            if (digits < count)
            {
                throw scan.Defect(from + at + digits, $"{what} needs {count} digits.", $"{whatVi} cần {count} chữ số.");
            }

            at += count;
            return part[(at - count)..at];
        }

        if (part[0] != '$')
        {
            fields.Expiry = Date(scan, from, Take(5, "the date", "ngày"), '5', today);
        }
        else if (part.StartsWith("$$", StringComparison.Ordinal))
        {
            at = 2;
            serial = Flag();
            if (at < part.Length && part[at] is '8' or '9')
            {
                at++;
                fields.Quantity = UdiDates.Number(Take(part[at - 1] == '8' ? 2 : 5, "the quantity", "số lượng"));
            }

            if (at < part.Length)
            {
                char form = part[at];
                int length = form switch { '0' or '1' => 4, '2' or '3' => 6, '4' => 8, '5' => 5, '6' => 7, '7' => 0, _ => -1 };
                if (length < 0)
                {
                    throw scan.Defect(from + at, "the form of the date (0 to 7) is needed here.", "ở đây cần dạng ngày (0 đến 7).");
                }

                // 0 and 1 are no flags: they are the first digit of the month.
                at += form is '0' or '1' ? 0 : 1;
                int begins = at;
                fields.Expiry = length == 0 ? null : Date(scan, from + begins, Take(length, "the date", "ngày"), form, today);
            }
            else if (fields.Quantity is null)
            {
                throw scan.Defect(from + at, "nothing follows '$$'.", "không có gì sau '$$'.");
            }
        }
        else
        {
            at = 1;
            serial = Flag();
        }

        string number = Number(scan, part[at..], from + at);
        fields.Lot = serial || number.Length == 0 ? null : number;
        fields.Serial = serial && number.Length > 0 ? number : null;
        return fields;

        bool Flag()
        {
            bool flag = at < part.Length && part[at] == '+';
            at += flag ? 1 : 0;
            return flag;
        }
    }

    private static LocalDate Date(UdiScan scan, int at, string digits, char form, LocalDate today)
    {
        int Two(int index) => UdiDates.Number(digits.AsSpan(index, 2));
        LocalDate? day = form switch
        {
            '0' or '1' => UdiDates.Day(UdiDates.Year(Two(2), today), Two(0), 0, zeroIsLast: true),
            '2' => UdiDates.Day(UdiDates.Year(Two(4), today), Two(0), Two(2)),
            '3' or '4' => UdiDates.Day(UdiDates.Year(Two(0), today), Two(2), Two(4)),
            _ => UdiDates.DayOfYear(UdiDates.Year(Two(0), today), UdiDates.Number(digits.AsSpan(2, 3))),
        };
        bool hourIsGood = form switch { '4' => Two(6) < 24, '6' => Two(5) < 24, _ => true };
        return day is { } good && hourIsGood ? good : throw scan.Defect(at, $"{digits} is no date of this form.", $"{digits} không phải ngày đúng dạng.");
    }

    private static HibcFields Supplement(UdiScan scan, string part, int from)
    {
        int letter = part.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (letter is < 0 or > 3 || !char.IsAsciiLetterUpper(part[letter]))
        {
            throw scan.Defect(from, "a data identifier is needed here, such as S, 14D or 16D.", "ở đây cần mã dữ liệu, ví dụ S, 14D hoặc 16D.");
        }

        string identifier = part[..(letter + 1)];
        string value = part[(letter + 1)..];
        int at = from + letter + 1;
        switch (identifier)
        {
            case "S":
                return new HibcFields { Serial = Required(Number(scan, value, at)) };
            case "14D" or "16D":
                LocalDate day = (value.Length == 8 && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
                    ? UdiDates.Day(UdiDates.Number(value.AsSpan(0, 4)), UdiDates.Number(value.AsSpan(4, 2)), UdiDates.Number(value.AsSpan(6, 2))) : null)
                    ?? throw scan.Defect(at, $"({identifier}) needs a day of the form yyyymmdd.", $"({identifier}) cần ngày dạng nnnnttnn (năm, tháng, ngày).");
                return identifier == "14D" ? new HibcFields { Expiry = day } : new HibcFields { Produced = day };
            case "Q":
                return value.Length is >= 1 and <= 5 && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
                    ? new HibcFields { Quantity = UdiDates.Number(value) }
                    : throw scan.Defect(at, "the quantity needs 1 to 5 digits.", "số lượng cần 1 đến 5 chữ số.");
            default:
                return new HibcFields { Other = [new UdiElement(identifier, Required(value))] };
        }

        string Required(string given) => given.Length > 0 ? given : throw scan.Defect(at, $"({identifier}) has no value.", $"({identifier}) không có giá trị.");
    }

    private static string Number(UdiScan scan, string value, int at)
    {
        int wrong = value.AsSpan().IndexOfAnyExcept(OfNumber);
        if (wrong >= 0)
        {
            throw scan.Defect(at + wrong, "a lot or serial number is made of capital letters, digits, '-' and '.'.", "số lô hoặc số sê-ri chỉ gồm chữ in hoa, chữ số, '-' và '.'.");
        }

        return value.Length <= LongestNumber ? value : throw scan.Defect(at + LongestNumber, $"a lot or serial number has at most {LongestNumber} characters.", $"số lô hoặc số sê-ri có nhiều nhất {LongestNumber} ký tự.");
    }
}
