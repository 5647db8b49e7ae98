from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ad_account_task import AdAccountTask, check_ad_account_task
from ..models.page_task import PageTask, check_page_task
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.business_reference import BusinessReference


T = TypeVar("T", bound="AdAccount")


@_attrs_define
class AdAccount:
    """An ad account. What has no value is left out, and by the sandbox Graph's many other fields too.

    Attributes:
        id (str): The id of an ad account, `act_` and its digits.
        account_id (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        account_status (int | Unset): 1 is active, 2 is disabled; Meta's ad account reference lists more.
        disable_reason (int | Unset): Why it is disabled; 0 when it is not. Meta's ad account reference lists the
            others.
        currency (str | Unset): Its currency, as an ISO 4217 code.
        timezone_name (str | Unset): A text for people, such as a name or a title.
        timezone_id (int | Unset): Number of its time zone in Meta's list.
        timezone_offset_hours_utc (float | Unset): Hours that its time zone is ahead of UTC.
        amount_spent (str | Unset): An amount of money in the smallest unit of the account's currency, as a string.
        balance (str | Unset): An amount of money in the smallest unit of the account's currency, as a string.
        spend_cap (str | Unset): An amount of money in the smallest unit of the account's currency, as a string.
        created_time (str | Unset): A time, with no colon in the offset.
        age (float | Unset): Days since it was opened.
        owner (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
        business (BusinessReference | Unset): A business as a field of something else; braces in `fields` choose any
            field of it.
        business_name (str | Unset): A text for people, such as a name or a title.
        is_personal (int | Unset): 1 for an ad account of a person, 0 for one of a business.
        is_prepay_account (bool | Unset): Whether it is paid for in advance.
        funding_source (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
        user_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks of the user of the token on it.
        tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks that a user has on it; only where a user's ad
            accounts are listed.
        permitted_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks that your business holds on it; on the
            ad accounts of clients only.
    """

    id: str
    account_id: str | Unset = UNSET
    name: str | Unset = UNSET
    account_status: int | Unset = UNSET
    disable_reason: int | Unset = UNSET
    currency: str | Unset = UNSET
    timezone_name: str | Unset = UNSET
    timezone_id: int | Unset = UNSET
    timezone_offset_hours_utc: float | Unset = UNSET
    amount_spent: str | Unset = UNSET
    balance: str | Unset = UNSET
    spend_cap: str | Unset = UNSET
    created_time: str | Unset = UNSET
    age: float | Unset = UNSET
    owner: str | Unset = UNSET
    business: BusinessReference | Unset = UNSET
    business_name: str | Unset = UNSET
    is_personal: int | Unset = UNSET
    is_prepay_account: bool | Unset = UNSET
    funding_source: str | Unset = UNSET
    user_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        account_id = self.account_id

        name = self.name

        account_status = self.account_status

        disable_reason = self.disable_reason

        currency = self.currency

        timezone_name = self.timezone_name

        timezone_id = self.timezone_id

        timezone_offset_hours_utc = self.timezone_offset_hours_utc

        amount_spent = self.amount_spent

        balance = self.balance

        spend_cap = self.spend_cap

        created_time = self.created_time

        age = self.age

        owner = self.owner

        business: dict[str, Any] | Unset = UNSET
        if not isinstance(self.business, Unset):
            business = self.business.to_dict()

        business_name = self.business_name

        is_personal = self.is_personal

        is_prepay_account = self.is_prepay_account

        funding_source = self.funding_source

        user_tasks: list[str] | Unset = UNSET
        if not isinstance(self.user_tasks, Unset):
            user_tasks = []
            for user_tasks_item_data in self.user_tasks:
                user_tasks_item: str
                user_tasks_item = user_tasks_item_data
                user_tasks.append(user_tasks_item)

        tasks: list[str] | Unset = UNSET
        if not isinstance(self.tasks, Unset):
            tasks = []
            for tasks_item_data in self.tasks:
                tasks_item: str
                tasks_item = tasks_item_data
                tasks.append(tasks_item)

        permitted_tasks: list[str] | Unset = UNSET
        if not isinstance(self.permitted_tasks, Unset):
            permitted_tasks = []
            for permitted_tasks_item_data in self.permitted_tasks:
                permitted_tasks_item: str
                permitted_tasks_item = permitted_tasks_item_data
                permitted_tasks.append(permitted_tasks_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if account_id is not UNSET:
            field_dict["account_id"] = account_id
        if name is not UNSET:
            field_dict["name"] = name
        if account_status is not UNSET:
            field_dict["account_status"] = account_status
        if disable_reason is not UNSET:
            field_dict["disable_reason"] = disable_reason
        if currency is not UNSET:
            field_dict["currency"] = currency
        if timezone_name is not UNSET:
            field_dict["timezone_name"] = timezone_name
        if timezone_id is not UNSET:
            field_dict["timezone_id"] = timezone_id
        if timezone_offset_hours_utc is not UNSET:
            field_dict["timezone_offset_hours_utc"] = timezone_offset_hours_utc
        if amount_spent is not UNSET:
            field_dict["amount_spent"] = amount_spent
        if balance is not UNSET:
            field_dict["balance"] = balance
        if spend_cap is not UNSET:
            field_dict["spend_cap"] = spend_cap
        if created_time is not UNSET:
            field_dict["created_time"] = created_time
        if age is not UNSET:
            field_dict["age"] = age
        if owner is not UNSET:
            field_dict["owner"] = owner
        if business is not UNSET:
            field_dict["business"] = business
        if business_name is not UNSET:
            field_dict["business_name"] = business_name
        if is_personal is not UNSET:
            field_dict["is_personal"] = is_personal
        if is_prepay_account is not UNSET:
            field_dict["is_prepay_account"] = is_prepay_account
        if funding_source is not UNSET:
            field_dict["funding_source"] = funding_source
        if user_tasks is not UNSET:
            field_dict["user_tasks"] = user_tasks
        if tasks is not UNSET:
            field_dict["tasks"] = tasks
        if permitted_tasks is not UNSET:
            field_dict["permitted_tasks"] = permitted_tasks

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.business_reference import BusinessReference

        d = dict(src_dict)
        id = d.pop("id")

        account_id = d.pop("account_id", UNSET)

        name = d.pop("name", UNSET)

        account_status = d.pop("account_status", UNSET)

        disable_reason = d.pop("disable_reason", UNSET)

        currency = d.pop("currency", UNSET)

        timezone_name = d.pop("timezone_name", UNSET)

        timezone_id = d.pop("timezone_id", UNSET)

        timezone_offset_hours_utc = d.pop("timezone_offset_hours_utc", UNSET)

        amount_spent = d.pop("amount_spent", UNSET)

        balance = d.pop("balance", UNSET)

        spend_cap = d.pop("spend_cap", UNSET)

        created_time = d.pop("created_time", UNSET)

        age = d.pop("age", UNSET)

        owner = d.pop("owner", UNSET)

        _business = d.pop("business", UNSET)
        business: BusinessReference | Unset
        if isinstance(_business, Unset):
            business = UNSET
        else:
            business = BusinessReference.from_dict(_business)

        business_name = d.pop("business_name", UNSET)

        is_personal = d.pop("is_personal", UNSET)

        is_prepay_account = d.pop("is_prepay_account", UNSET)

        funding_source = d.pop("funding_source", UNSET)

        _user_tasks = d.pop("user_tasks", UNSET)
        user_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
        if _user_tasks is not UNSET:
            user_tasks = []
            for user_tasks_item_data in _user_tasks:

                def _parse_user_tasks_item(
                    data: object,
                ) -> AdAccountTask | PageTask | str:
                    try:
                        if not isinstance(data, str):
                            raise TypeError()
                        componentsschemas_task_held_type_0 = check_ad_account_task(data)

                        return componentsschemas_task_held_type_0
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    try:
                        if not isinstance(data, str):
                            raise TypeError()
                        componentsschemas_task_held_type_1 = check_page_task(data)

                        return componentsschemas_task_held_type_1
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    return cast(AdAccountTask | PageTask | str, data)

                user_tasks_item = _parse_user_tasks_item(user_tasks_item_data)

                user_tasks.append(user_tasks_item)

        _tasks = d.pop("tasks", UNSET)
        tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
        if _tasks is not UNSET:
            tasks = []
            for tasks_item_data in _tasks:

                def _parse_tasks_item(data: object) -> AdAccountTask | PageTask | str:
                    try:
                        if not isinstance(data, str):
                            raise TypeError()
                        componentsschemas_task_held_type_0 = check_ad_account_task(data)

                        return componentsschemas_task_held_type_0
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    try:
                        if not isinstance(data, str):
                            raise TypeError()
                        componentsschemas_task_held_type_1 = check_page_task(data)

                        return componentsschemas_task_held_type_1
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    return cast(AdAccountTask | PageTask | str, data)

                tasks_item = _parse_tasks_item(tasks_item_data)

                tasks.append(tasks_item)

        _permitted_tasks = d.pop("permitted_tasks", UNSET)
        permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
        if _permitted_tasks is not UNSET:
            permitted_tasks = []
            for permitted_tasks_item_data in _permitted_tasks:

                def _parse_permitted_tasks_item(
                    data: object,
                ) -> AdAccountTask | PageTask | str:
                    try:
                        if not isinstance(data, str):
                            raise TypeError()
                        componentsschemas_task_held_type_0 = check_ad_account_task(data)

                        return componentsschemas_task_held_type_0
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    try:
                        if not isinstance(data, str):
                            raise TypeError()
                        componentsschemas_task_held_type_1 = check_page_task(data)

                        return componentsschemas_task_held_type_1
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    return cast(AdAccountTask | PageTask | str, data)

                permitted_tasks_item = _parse_permitted_tasks_item(
                    permitted_tasks_item_data
                )

                permitted_tasks.append(permitted_tasks_item)

        ad_account = cls(
            id=id,
            account_id=account_id,
            name=name,
            account_status=account_status,
            disable_reason=disable_reason,
            currency=currency,
            timezone_name=timezone_name,
            timezone_id=timezone_id,
            timezone_offset_hours_utc=timezone_offset_hours_utc,
            amount_spent=amount_spent,
            balance=balance,
            spend_cap=spend_cap,
            created_time=created_time,
            age=age,
            owner=owner,
            business=business,
            business_name=business_name,
            is_personal=is_personal,
            is_prepay_account=is_prepay_account,
            funding_source=funding_source,
            user_tasks=user_tasks,
            tasks=tasks,
            permitted_tasks=permitted_tasks,
        )

        ad_account.additional_properties = d
        return ad_account

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
