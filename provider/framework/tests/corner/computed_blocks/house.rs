//! A house has two doors, a bell and a lamp, and each room a window, whatever is written of them.

use tfplugin_framework::{
    Attribute, Block, Create, DataSource, Delete, Diagnostics, Field, Import, Plan, Read, ReadData,
    Resource, Schema, SetOf, Update, model,
};

model! {
    pub(crate) struct HouseModel {
        name: String,
        doors: Vec<Door>,
        bell: Bell,
        lamps: SetOf<Lamp>,
        rooms: SetOf<Room>,
    }

    pub(crate) struct Door { colour: String, key: u32 }
    pub(crate) struct Bell { tone: String }
    pub(crate) struct Lamp { watt: u32 }
    pub(crate) struct Room { title: String, number: u32, windows: Vec<Window> }
    pub(crate) struct Window { glass: String, size: u32 }
    pub(crate) struct StreetModel { name: String, houses: Vec<Number> }
    pub(crate) struct Number { number: u32 }
}

/// The resource `corner_house`.
pub(crate) struct House;

fn door(colour: &str, key: u32) -> Door {
    Door {
        colour: colour.into(),
        key: key.into(),
    }
}

fn glazed(windows: &Field<Vec<Window>>) -> Field<Vec<Window>> {
    let windows = match windows {
        Field::Known(windows) if !windows.is_empty() => windows.clone(),
        _ => vec![Window::default()],
    };
    let glazed = windows.into_iter().map(|mut window| {
        if window.glass.as_str().is_none() {
            window.glass.set("plain");
        }
        window.size.set(2_u32);
        window
    });
    glazed.collect::<Vec<_>>().into()
}

fn built(mut house: HouseModel) -> HouseModel {
    match &mut house.doors {
        Field::Known(doors) if !doors.is_empty() => {
            for (door, key) in doors.iter_mut().zip(1_u32..) {
                door.key.set_if_unknown(key);
                door.colour.set_if_unknown("oak");
            }
        }
        doors => doors.set(vec![door("oak", 1), door("oak", 2)]),
    }
    house.bell.set(Bell {
        tone: "ding".into(),
    });
    house.lamps.set(SetOf(vec![Lamp { watt: 60.into() }]));
    if let Field::Known(rooms) = &mut house.rooms {
        for room in &mut rooms.0 {
            room.number.set(7_u32);
            room.windows = glazed(&room.windows);
        }
    }
    house
}

impl Resource for House {
    type Model = HouseModel;

    fn type_name(&self) -> &'static str {
        "corner_house"
    }

    fn schema(&self) -> Schema {
        let number = || Attribute::number().computed();
        Schema::new(0)
            .attribute("name", Attribute::string().required())
            .block(
                "doors",
                Block::list()
                    .computed()
                    .attribute("colour", Attribute::string().optional().computed())
                    .attribute("key", number()),
            )
            .block(
                "bell",
                Block::single()
                    .computed()
                    .attribute("tone", Attribute::string().computed()),
            )
            .block(
                "lamps",
                Block::set()
                    .computed()
                    .use_state_for_unknown()
                    .attribute("watt", number()),
            )
            .block(
                "rooms",
                Block::set()
                    .attribute("title", Attribute::string().required())
                    .attribute("number", number())
                    .block(
                        "windows",
                        Block::list()
                            .computed()
                            .attribute("glass", Attribute::string().optional().computed())
                            .attribute("size", number()),
                    ),
            )
    }

    async fn plan(&self, plan: &mut Plan<HouseModel>) -> Result<(), Diagnostics> {
        if let Some(house) = &mut plan.planned
            && house.name.as_str() == Some("planned")
        {
            house.doors.set(vec![door("oak", 1), door("oak", 2)]);
        }
        Ok(())
    }

    async fn create(&self, create: &mut Create<HouseModel>) -> Result<(), Diagnostics> {
        create.state = Some(built(create.plan.clone()));
        Ok(())
    }

    async fn read(&self, read: &mut Read<HouseModel>) -> Result<(), Diagnostics> {
        read.state = read.state.take().map(built);
        Ok(())
    }

    async fn update(&self, update: &mut Update<HouseModel>) -> Result<(), Diagnostics> {
        update.state = built(update.plan.clone());
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<HouseModel>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn import(&self, import: &mut Import<HouseModel>) -> Result<(), Diagnostics> {
        import.state = Some(built(HouseModel {
            name: "a".into(),
            doors: vec![door("green", 9)].into(),
            ..HouseModel::default()
        }));
        Ok(())
    }
}

/// Says which houses there are.
pub(crate) struct Street;

impl DataSource for Street {
    type Model = StreetModel;

    fn type_name(&self) -> &'static str {
        "corner_street"
    }

    fn schema(&self) -> Schema {
        let number = Attribute::number().computed();
        Schema::new(0)
            .attribute("name", Attribute::string().required())
            .block(
                "houses",
                Block::list().computed().attribute("number", number),
            )
    }

    async fn read(&self, read: &mut ReadData<StreetModel>) -> Result<(), Diagnostics> {
        let houses = [1_u32, 3].map(|number| Number {
            number: number.into(),
        });
        read.state.houses.set(houses);
        Ok(())
    }
}
